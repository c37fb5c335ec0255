"""How boards stand, as text, Markdown and data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from opus_sync.paint import good, notice
from opus_sync.registry.standing import Standing
from opus_sync.shown import markdown, moment, plural, wrapped

_HEADINGS = ("board", "monday id", "state", "items", "subitems", "extract", "last push", "failed", "open")
_NUMBERS = ("monday id", "items", "subitems", "failed", "open")


def listed_text(standings: Sequence[Standing]) -> str:
    """Return a line a board."""
    if not standings:
        return "there is no board yet: opus-sync board deploy --board-id N"
    rows = [_HEADINGS, *map(_row, standings)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
            for name, cell, width in zip(_HEADINGS, row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def listed_markdown(standings: Sequence[Standing]) -> str:
    """Return the same as a table."""
    ruler = ["--:" if name in _NUMBERS else "---" for name in _HEADINGS]
    rows = [_HEADINGS, ruler, *([markdown(cell) for cell in _row(one)] for one in standings)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def summary_text(standings: Sequence[Standing], now: datetime) -> str:
    """Return the totals, and the boards at which somebody should look."""
    totals = summary_document(standings, now)
    lines = [
        f"{plural(totals['boards'], 'board', 'boards')}, {totals['enabled']:,} enabled, {totals['pulled']:,} pulled: "
        f"{plural(totals['items'], 'item', 'items')}, {plural(totals['subitems'], 'subitem', 'subitems')}",
        f"{plural(totals['failures'], 'row', 'rows')} failed last, {totals['open_rows']:,} without a known outcome",
    ]
    for one in totals["concerns"]:
        lines += wrapped(f"{one['board']}: {notice('; '.join(one['concerns']))}", "  ")
    return "\n".join(lines if totals["concerns"] else [*lines, good("nothing needs attention")])


def summary_document(standings: Sequence[Standing], now: datetime) -> dict[str, Any]:
    """Return the totals as data; boards that are not enabled count as boards alone."""
    enabled = [one for one in standings if one.board.enabled]
    pulled = [one.status.active for one in enabled if one.status and one.status.active]
    worries = [(one, [*one.concerns(now)]) for one in enabled]
    return {
        "boards": len(standings),
        "enabled": len(enabled),
        "pulled": len(pulled),
        "items": sum(extract.items or 0 for extract in pulled),
        "subitems": sum(extract.subitems or 0 for extract in pulled),
        "failures": sum(one.failures for one in enabled),
        "open_rows": sum(one.status.open_rows for one in enabled if one.status),
        "concerns": [{"board": one.board.name, "concerns": found} for one, found in worries if found],
    }


def contract_text(standing: Standing) -> list[str]:
    """Return what a board's contract says of it."""
    board = standing.board
    lines = [f"{board.name}: {board.file}{'' if board.enabled else ', not enabled'}"]
    for entity in board.entities:
        gone = len(entity.columns) - len(entity.present)
        said = [
            f"{len(entity.present)} columns read",
            f"{len(entity.pushed)} written",
            *([f"{gone} no longer there"] if gone else []),
        ]
        key = ", ".join(entity.key) or "none, rows match by item id"
        lines += wrapped(f"{entity.kind}: {', '.join(said)}; key: {key}", "  ")
    return lines


def standing_document(standing: Standing) -> dict[str, Any]:
    """Return one board as data."""
    status, board = standing.status, standing.board
    extract = status.active if status else None
    return {
        "board": board.name,
        "monday_board_id": standing.monday_board_id,
        "enabled": board.enabled,
        "account": board.account,
        "entities": {
            entity.kind: {
                "columns": len(entity.present),
                "written": len(entity.pushed),
                "missing": [column.name for column in entity.columns if column.missing],
                "key": [*entity.key],
            }
            for entity in board.entities
        },
        "items": extract.items if extract else None,
        "subitems": extract.subitems if extract else None,
        "extract_at": extract.began_at if extract else None,
        "last_push_at": standing.last_push_at,
        "failures": standing.failures,
        "open_rows": status.open_rows if status else 0,
    }


def _row(standing: Standing) -> tuple[str, ...]:
    status = standing.status
    extract = status.active if status else None
    return (
        standing.board.name,
        str(standing.monday_board_id or "-"),
        "enabled" if standing.board.enabled else "removed",
        _count(extract.items if extract else None),
        _count(extract.subitems if extract else None),
        moment(extract.began_at) if extract else "never",
        moment(standing.last_push_at) if standing.last_push_at else "never",
        _count(standing.failures),
        _count(status.open_rows if status else 0),
    )


def _count(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"
