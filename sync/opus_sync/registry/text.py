"""What a deploy says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from opus_sync.registry.deploy import Deployed
from opus_sync.registry.discover import Found
from opus_sync.registry.keys import KeyFacts
from opus_sync.shown import plural, short, wrapped
from opus_sync.status.text import command

_SHOWN_COLUMNS, _SHOWN_REPEATS, _LONGEST_VALUE, _FILES_OF_A_FOLDER = 5, 3, 40, 5
_SPARED = {
    "kept": "somebody changed it (--force writes over it)",
    "left out": "somebody took it away (--force writes it)",
}


def deployed_text(done: Deployed, calls: int, target: str | None) -> str:
    """Say what a deploy found and did, and which commands come next."""
    return "\n".join(_lines(done, calls, target))


def deployed_document(done: Deployed, calls: int) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "board": done.board.name,
        "monday_board_id": done.discovery.items.live.id,
        "requests": calls,
        "files": [{"file": file, "action": action} for file, action in done.files],
        "differences": [asdict(one) for one in done.differences],
        "keys": {
            entity: {
                "scanned": len(done.discovery.entities[entity].sample.rows),
                "of": done.discovery.entities[entity].sample.of,
                "columns": [asdict(one) | {"unique": one.unique} for one in facts],
            }
            for entity, facts in done.keys.items()
        },
        "warnings": [*warnings(done)],
    }


def warnings(done: Deployed) -> Iterator[str]:
    """Yield what a person should know of the board."""
    if done.discovery.items.multi_level:
        yield "a multi-level board: its subitems are on the board itself and are not read"
    elif done.discovery.subitems and done.board.subitems is None:
        yield "the board has subitems, which the contract leaves out; --subitems adds them"
    for entity in done.board.entities:
        for column in entity.columns:
            live = done.discovery.entities.get(entity.kind)
            types = {one["id"]: one["type"] for one in live.columns} if live else {}
            if column.type == "unsupported" and types.get(column.id, "unsupported") != "unsupported":
                yield (
                    f"{entity.kind} column {column.name!r} is of the type {types[column.id]}, which is not known yet: "
                    "its text is read, it is not written"
                )
    if done.enabled_again:
        yield "the board was removed before; it is enabled again"


def _lines(done: Deployed, calls: int, target: str | None) -> Iterator[str]:
    found = done.discovery.items
    yield f"{done.board.name}: {short(found.title, 60)} ({found.live.id})"
    yield f"  read in {plural(calls, 'request', 'requests')}"
    for entity in done.board.entities:
        count = plural(len(entity.present), "column", "columns")
        yield f"  {entity.kind}: {count}, {len(entity.pushed)} with direction: push"
    yield from _files(done)
    for one in done.differences:
        if one.kind != "unknown":
            yield from wrapped(f"{one}{_became(one.kind, one.name)}", "  ")
    for warning in warnings(done):
        yield from wrapped(f"warning: {warning}", "  ")
    for entity_name, facts in done.keys.items():
        yield from _keys(entity_name, done.discovery.entities[entity_name], facts)
    select = ("--select", done.board.name)
    yield f"next: {command(('pull', *select), target)}, dbt build, {command(('plan', *select), target)}"


def _became(kind: str, name: str) -> str:
    return {
        "new": ": added",
        "deleted": ": marked `missing: true`, it is no longer read",
        "back": ": the mark is taken away",
        "renamed": f": rename {name!r} in the contract, and in the SQL that names it",
        "retyped": ": change the type in the contract, a pull is rejected until then",
    }.get(kind, "")


def _files(done: Deployed) -> Iterator[str]:
    counts = Counter(action for _, action in done.files)
    for action in ("wrote", "updated"):
        folders: dict[str, list[str]] = {}
        for file, what in done.files:
            if what == action:
                folder, slash, _ = file.rpartition("/")
                folders.setdefault(folder + slash, []).append(file)
        for folder, files in folders.items():
            few = len(files) < _FILES_OF_A_FOLDER
            yield from (
                (f"  {action} {file}" for file in files) if few else [f"  {action} {len(files)} files in {folder}"]
            )
    if counts["unchanged"]:
        yield f"  {plural(counts['unchanged'], 'file', 'files')} unchanged"
    for file, what in done.files:
        if what in _SPARED:
            yield f"  {what} {file}: {_SPARED[what]}"


def _keys(entity: str, found: Found, facts: Sequence[KeyFacts]) -> Iterator[str]:
    scanned = len(found.sample.rows)
    if not scanned:
        yield f"  {entity}: none yet, so that no key can be proposed"
        return
    below = "" if entity == "items" else " below each parent"
    among = f"{entity}, {scanned:,} of {found.sample.of:,} read"
    unique = [repr(one.name) for one in facts if one.unique]
    if unique:
        yield from wrapped(f"unique today{below} ({among}), so a key could be: {', '.join(unique)}", "  ")
    else:
        yield from wrapped(f"no column is unique{below} today ({among})", "  ")
    for one in [one for one in facts if not one.unique][:_SHOWN_COLUMNS]:
        said = [f"empty in {one.empty:,}"] if one.empty else []
        for value, count in sorted(one.repeats.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN_REPEATS]:
            said.append(f"{short(value, _LONGEST_VALUE)!r} stands {count} times")
        if len(one.repeats) > _SHOWN_REPEATS:
            said.append(f"and {len(one.repeats) - _SHOWN_REPEATS:,} more values repeat")
        yield from wrapped(f"not unique: {one.name!r}: {'; '.join(said)}", "    ")
