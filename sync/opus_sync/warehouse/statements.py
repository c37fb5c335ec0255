"""The SQL of the runner: one statement a file, with `{schema}` and `:name`.

`{schema}` is where the runner's tables are read, `{own_schema}` where this project's builds and appends go: the
same, but where the var opus_read_schema says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

# A colon that is not part of a `::` cast and is followed by a name.
_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")
_TABLE = re.compile(r"\{(?:own_)?schema\}\.(\w+)")


@cache
def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def tables_of(sql: str) -> list[str]:
    """Return the runner's tables that a statement reads."""
    return sorted(set(_TABLE.findall(sql)))


def bound(sql: str, placeholder: Callable[[str], str], places: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the statement in the driver's style and the parameters' names in order of appearance.

    `places` are the names that stand in braces.
    """
    names: list[str] = []

    def replace(found: re.Match[str]) -> str:
        names.append(found.group(1))
        return placeholder(found.group(1))

    text = _PARAMETER.sub(replace, sql)
    for place, name in places.items():
        text = text.replace(f"{{{place}}}", name)
    return text, names
