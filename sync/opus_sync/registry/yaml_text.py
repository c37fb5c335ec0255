"""Changes a YAML file where it has to change and nowhere else: comments, order and layout stay as they were.

Every change is checked: the text that comes out holds the data that was meant, or OpusError says what to write by hand.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import yaml

from opus_sync.errors import OpusError

Path = Sequence[str | int]

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def with_entries(text: str, path: Path, entries: str, file: str) -> str:
    """Add entries to the end of a list; `entries` is YAML of a list that starts in the first column."""
    node = _node(yaml.compose(text), path)
    added = _load(entries)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        raise _by_hand(file, path, entries)
    indent = " " * (node.value[-1].start_mark.column - 2)
    lines = "".join(f"{indent}{line}\n" for line in entries.splitlines())
    changed = _inserted(text, node.value[-1], lines)
    return _checked(text, changed, path, lambda there: [*there, *added], file, entries)


def with_value(text: str, path: Path, value: Any, file: str) -> str:
    """Set a key to a value that stands on one line; the mapping that holds it is there, or is the last one missing."""
    *parents, key = path
    root = yaml.compose(text)
    holder = _node(root, parents)
    shown = _flow(value)
    if isinstance(holder, yaml.MappingNode):
        there = _value(holder, key)
        if there is not None:
            before = text[: there.start_mark.index]
            changed = f"{before}{' ' if before.endswith(':') else ''}{shown}{text[_end(there, text) :]}"
        elif not holder.value:
            changed = _first_entry(text, root, parents, _end(holder, text), f"{key}: {shown}")
        elif holder.flow_style:
            at = holder.end_mark.index - 1
            before = text[:at].rstrip()
            changed = f"{before}, {key}: {shown}{text[at:]}"
        else:
            indent = " " * holder.value[-1][0].start_mark.column
            changed = _inserted(text, holder.value[-1][1], f"{indent}{key}: {shown}\n")
    elif holder is not None and holder.tag == "tag:yaml.org,2002:null" and parents:
        changed = _first_entry(text, root, parents, holder.end_mark.index, f"{key}: {shown}")
    else:
        raise _by_hand(file, path, shown)
    return _checked(text, changed, parents, lambda there: {**(there or {}), key: value}, file, f"{key}: {shown}")


def without_key(text: str, path: Path, file: str) -> str:
    """Take a key and its value out of a mapping; what it leaves empty becomes `{}`."""
    *parents, key = path
    holder = _node(yaml.compose(text), parents)
    if not isinstance(holder, yaml.MappingNode) or _value(holder, key) is None:
        return text
    at = next(at for at, (name, _) in enumerate(holder.value) if name.value == key)
    name, value = holder.value[at]
    if len(holder.value) == 1 or holder.flow_style:
        kept = {name: value for name, value in value_at(text, parents).items() if name != key}
        before, after = text[: holder.start_mark.index], text[_end(holder, text) :]
        if not holder.flow_style and "#" not in before[before.rstrip().rfind("\n") :]:
            before = before.rstrip() + " "
        changed = f"{before}{_flow(kept)}{after}"
    else:
        start = text.rfind("\n", 0, name.start_mark.index) + 1
        changed = text[:start] + text[_line_end(text, _end(value, text)) + 1 :]
    return _checked(
        text, changed, parents, lambda there: {n: v for n, v in there.items() if n != key}, file, f"without {key}"
    )


def value_at(text: str, path: Path) -> Any:
    """Return what stands at a path, None where nothing does."""
    return _at(_load(text), path)


@lru_cache(maxsize=4)
def _load(text: str) -> Any:
    """Return the data of a text; it is shared, so copy it before you change it."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 (it is a safe loader)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _node(node: yaml.Node | None, path: Path) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = _value(node, step)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            return None
    return node


def _value(node: yaml.MappingNode, key: str | int) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _key(root: yaml.Node | None, path: Path) -> yaml.Node:
    holder = _node(root, path[:-1])
    assert isinstance(holder, yaml.MappingNode)  # noqa: S101 (its value was found)
    found: yaml.Node = next(name for name, _ in holder.value if name.value == path[-1])
    return found


def _end(node: yaml.Node, text: str) -> int:
    """Return where a node's text ends; a block ends where the last thing in it does."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _first_entry(text: str, root: yaml.Node | None, path: Path, end: int, entry: str) -> str:
    """Return the text in which a mapping that is empty has an entry, below its key."""
    key = _key(root, path)
    colon, line_end = text.index(":", key.end_mark.index) + 1, _line_end(text, end)
    indent = " " * (key.start_mark.column + 2)
    return f"{text[:colon]}{text[end:line_end]}\n{indent}{entry}{text[line_end:]}"


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _inserted(text: str, after: yaml.Node, lines: str) -> str:
    """Return the text with whole lines after the one on which a node ends."""
    at = _line_end(text, _end(after, text))
    return f"{text[:at]}\n{lines.rstrip(chr(10))}{text[at:] or chr(10)}"


def _flow(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("...\n").strip()


def _checked(text: str, changed: str, path: Path, change: Any, file: str, wanted: str) -> str:
    data = copy.deepcopy(_load(text))
    if path:
        holder, last = _at(data, path[:-1]), path[-1]
        holder[last] = change(holder[last])
    else:
        data = change(data)
    try:
        if _load(changed) == data:
            return changed
    except yaml.YAMLError:
        pass
    raise _by_hand(file, path, wanted)


def _by_hand(file: str, path: Path, wanted: str) -> OpusError:
    place = ".".join(map(str, path)) or "its end"
    return OpusError(
        f"{file} is written in a way that cannot be changed safely, at {place}; nothing was written",
        f"write it there by hand, then run this again:\n{wanted}",
    )
