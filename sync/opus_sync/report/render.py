"""Renders a page as one HTML file that asks nothing of the network and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from opus_sync import __version__
from opus_sync.report.page import Board, Page, Table, Value
from opus_sync.shown import short

_MIDDLE = 0.179
"""The luminance on which black and white ink have the same contrast."""

_NARROW = 8
"""Columns that fit beside each other on paper; wider tables are printed row by row."""

_TITLE = 80
"""Characters of a column's title where it stands before each of its cells."""

_SHORT = 200
"""Rows that a browser lays out at once without being slow."""


def render(page: Page, rest_file: str | None = None) -> str:
    """Return the page as HTML; `rest_file` is the name of the file that holds the rows beyond it."""
    tables = [table for board in page.boards for section in board.sections for table in section.tables]
    colors = {color: f"k{at}" for at, color in enumerate(sorted(_colors(page)))}
    numbers = {id(table): at for at, table in enumerate(tables)}
    # Markup of ours, in which data stands escaped.
    style = Markup("\n".join([_file("page.css"), *_color_rules(colors), *_column_rules(tables)]))  # noqa: S704
    script = Markup(_file("page.js"))  # noqa: S704
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            rest_file=rest_file,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            color_class=lambda value: f" class={colors[value.color]}" if value.color else "",
            number=lambda table: numbers[id(table)],
            is_wide=lambda table: len(table.leading) + len(table.columns) > _NARROW,
            is_tall=lambda table: len(table.rows) > _SHORT,
            choices=_choices(page.boards),
            version=__version__,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("opus_sync.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _file(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _choices(boards: Iterable[Board]) -> dict[str, list[str]]:
    """Return what the filters offer."""
    every = list(boards)
    tables = [(section, table) for board in every for section in board.sections for table in section.tables]
    return {
        "Board": [board.name for board in every],
        "Kind": list(dict.fromkeys(section.kind.title for section, _ in tables)),
        "Batch": sorted({row.batch for _, table in tables for row in table.rows if row.batch}),
        "Column": sorted({column for _, table in tables for column in table.columns}),
    }


def _colors(page: Page) -> set[str]:
    return {value.color for value in _values(page) if value.color}


def _values(page: Page) -> Iterator[Value]:
    for board in page.boards:
        for section in board.sections:
            for table in section.tables:
                for row in table.rows:
                    yield from (value for cell in row.cells for value in (cell.old, cell.new) if value)
                    if row.group:
                        yield row.group
        for finding in board.findings:
            yield from (value for line in finding.rows for value in line)


def _color_rules(colors: dict[str, str]) -> Iterator[str]:
    """Yield a rule for each label color, with the ink that is easier to read on it."""
    for color, name in colors.items():
        ink = "#000" if _luminance(color) > _MIDDLE else "#fff"
        yield f".{name}{{background:{color};color:{ink}}}"


def _luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _column_rules(tables: Iterable[Table]) -> Iterator[str]:
    """Yield how many columns a table has, and their names, for where a row is shown as a list of its cells."""
    for number, table in enumerate(tables):
        titles = (*table.leading, *table.columns)
        yield f"#t{number}{{--columns:{len(titles)}}}"
        for place, title in enumerate(titles, 1):
            yield f'#t{number} td:nth-child({place}){{--column:"{_css_text(short(title, _TITLE))}"}}'


def _css_text(text: str) -> str:
    """Return a text as it may stand in a string of CSS, and in an element of HTML."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
