"""Failures as text and as Markdown: by type with the way out, or one with all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from opus_sync.paint import bad, good, head, notice, quiet
from opus_sync.shown import field, markdown, moment, plural, short, step
from opus_sync.status.failures import OPEN, STATES, Failed, Group, parsed_json
from opus_sync.status.text import command
from opus_sync.status.ways_out import way_out

_WORDS = {OPEN: bad, "RETRIED": notice, "SUPERSEDED": quiet, "RESOLVED": good}
_MESSAGE = 400


def render_text(groups: Sequence[Group], show: int, target: str | None = None) -> str:
    """Render the groups, each with so many of its rows."""
    if not groups:
        return "no row has failed"
    total = sum(len(group.rows) for group in groups)
    lines = [f"{plural(total, 'failure', 'failures')} of {plural(len(groups), 'type', 'types')}: {_states(groups)}"]
    for group in groups:
        lines += ["", f"{head(group.error_type)}: {_states([group])}"]
        lines += [line for label, text in _group(group) for line in field(label, text)]
        for row in group.rows[:show]:
            lines.append(f"    {_words(row.state)} {quiet(row.err_id)}  {short(_what(row), 30)}")
        if show and len(group.rows) > show:
            lines.append(f"    and {len(group.rows) - show:,} more")
    lines.append("")
    for words in next_commands(groups):
        lines += step("next", command(words, target))
    return "\n".join(lines)


def render_markdown(groups: Sequence[Group], show: int, target: str | None = None) -> str:
    """Render the groups for a ticket or a page."""
    lines: list[str] = []
    for group in groups:
        lines += ["", f"## {markdown(group.error_type)}", "", f"- {markdown(_states([group]))}"]
        lines += [f"- {label}: {markdown(text)}" for label, text in _group(group)]
        lines += [f"  - {row.state.lower()} `{row.err_id}` {markdown(_what(row))}" for row in group.rows[:show]]
    lines += [f"\nnext: `{command(words, target)}`" for words in next_commands(groups)]
    return "\n".join(lines[1:]) or "No row has failed."


def render_one(row: Failed, target: str | None = None) -> str:
    """Render one failure with its request and its staged row."""
    lines = [line for label, text in _one(row) for line in field(label, text)]
    for title, text in (("payload", row.payload), ("staged row", row.staged_row)):
        lines += ["", head(title), *(f"  {line}" for line in _pretty(text))]
    lines.append("")
    for words in next_of(row):
        lines += step("next", command(words, target))
    return "\n".join(lines)


def one_markdown(row: Failed, target: str | None = None) -> str:
    """Render the same for a ticket or a page."""
    lines = [f"- {label}: {markdown(text)}" for label, text in _one(row)]
    for title, text in (("Payload", row.payload), ("Staged row", row.staged_row)):
        lines += ["", f"**{title}**", "", *(f"    {line}" for line in _pretty(text))]
    return "\n".join([*lines, *(f"\nnext: `{command(words, target)}`" for words in next_of(row))])


def next_commands(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """Return the words of the commands that go on from here."""
    still = [group for group in groups if group.states[OPEN]]
    if not still:
        return []
    retry = ("--select", still[0].example.board, "--error-type", still[0].error_type)
    return [("errors", "--id", still[0].example.err_id), ("retry", *retry)]


def next_of(row: Failed) -> list[tuple[str, ...]]:
    """Return the words of the commands that go on from one failure."""
    if row.state != OPEN:
        return []
    key = ("--key", row.record_key) if row.record_key and row.entity == "items" else ()
    return [("retry", "--batch", row.batch_id, *key)]


def _group(group: Group) -> Iterator[tuple[str, str]]:
    newest = group.rows[0]
    yield (
        "newest",
        f"{moment(newest.failed_at)}; {plural(len(group.boards), 'board', 'boards')}: {', '.join(group.boards)}",
    )
    yield "says", short(group.example.message, _MESSAGE) or "nothing"
    yield "way out", way_out(group.error_type)


def _one(row: Failed) -> Iterator[tuple[str, str]]:
    yield "failure", row.err_id
    yield "board", row.board
    yield "row", _what(row)
    if row.monday_item_id:
        yield "item", str(row.monday_item_id)
    yield "state", _WORDS[row.state](row.state.lower())
    yield "when", moment(row.failed_at) + (f", sent {row.retries + 1:,} times" if row.retries else "")
    yield "batch", row.batch_id
    yield "type", row.error_type
    yield "says", row.message or "nothing"
    yield "way out", way_out(row.error_type)


def _what(row: Failed) -> str:
    return f"{row.operation.lower()} {row.entity.removesuffix('s')} {row.record}"


def _states(groups: Sequence[Group]) -> str:
    found = {state: sum(group.states[state] for group in groups) for state in STATES}
    return ", ".join(_WORDS[state](f"{number:,} {state.lower()}") for state, number in found.items() if number)


def _words(state: str) -> str:
    return _WORDS[state](f"{state.lower():<10}")


def _pretty(text: str | None) -> list[str]:
    return (
        json.dumps(_deep(parsed_json(text)), indent=2, ensure_ascii=False).splitlines()
        if text
        else ["not kept any more"]
    )


def _deep(value: Any) -> Any:
    """Return JSON with what is JSON in its texts unfolded, for the eye."""
    if isinstance(value, dict):
        return {name: _deep(one) for name, one in value.items()}
    return _deep(parsed_json(value)) if isinstance(value, str) and value.startswith(("{", "[")) else value
