"""What a build should stage, in plain Python from the design's rules; it shares nothing with the macros."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

CLEAR = object()
"""An explicit wish for an empty cell."""

Identity = tuple[Any, ...]


@dataclass(frozen=True)
class Form:
    """A value as SQL authors write it, and what it means; `ok` is False where no such value can be sent."""

    text: str | None
    means: str | None
    ok: bool = True


@dataclass(frozen=True)
class Rule:
    """What the contract says of a column."""

    id: str
    type: str = "text"
    on_null: str = "keep"
    on_conflict: str = "flag"


@dataclass
class Item:
    """An item as it stands somewhere: on the board, or as the warehouse sees it."""

    id: int
    name: str
    group: str
    cells: dict[str, str | None]
    parent: int | None = None

    def cell(self, rule: Rule) -> str | None:
        """Return a cell; a box that nobody ticked is false."""
        value = self.name if rule.id == "name" else self.cells.get(rule.id)
        return "false" if rule.type == "checkbox" and value is None else value


@dataclass(frozen=True)
class Row:
    """A row of a desired model: cells by column id, a missing one is not managed by its model."""

    cells: Mapping[str, Form]
    item_id: int | None = None
    group: str | None = None
    parent_key: str | None = None


@dataclass(frozen=True)
class Staged:
    """What is compared of a staged row; of a row that is not sent only its identity and why."""

    operation: str
    key: str | None
    status: str
    hold: str | None = None
    item_id: int | None = None
    group: str | None = None
    name: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=dict)
    batch: str | None = None

    @property
    def identity(self) -> Identity:
        """Return what the row does: a change that failed for good is known by it."""
        fields = tuple(sorted(self.fields.items(), key=str))
        return (self.operation, self.key, self.item_id, self.group, self.name, fields)


@dataclass
class Memory:
    """What was written and decided so far; `seq` as in the runner's tables."""

    base: dict[tuple[int, str], str | None] = field(default_factory=dict)
    written: dict[tuple[int, str], int] = field(default_factory=dict)
    failed: dict[Identity, int] = field(default_factory=dict)
    rolled_back: dict[tuple[int, str], tuple[str | None, int]] = field(default_factory=dict)
    decisions: dict[tuple[str | None, ...], tuple[str, str | None, int]] = field(default_factory=dict)
    """(batch key, record key, column) -> the newest decision, the value it saw, its seq."""

    def wrote(self, item_id: int, column: str, old: str | None, new: str | None, seq: int, back: bool = False) -> None:
        """Note a cell that a push wrote; `back` says that it took an earlier write back."""
        cell = (item_id, column)
        self.base[cell] = new
        self.written[cell] = seq
        self.rolled_back.pop(cell, None)
        if back:
            self.rolled_back[cell] = (old, seq)

    def released(self, key: str, column: str | None, since: int) -> bool:
        """Tell whether a release of a record, or of one of its cells, is newer than a cause."""
        found = [self.decisions.get((None, key, None)), self.decisions.get((None, key, column)) if column else None]
        return any(one is not None and one[0] == "RELEASE" and one[2] > since for one in found)

    def conflict_released(self, key: str, item_id: int, column: str, value: str | None) -> bool:
        """Tell whether just this edit was released: this value, seen after our last write to the cell."""
        one = self.decisions.get((None, key, column))
        since = self.written.get((item_id, column), 0)
        return one is not None and one[0] == "RELEASE" and one[1] == (value or "") and one[2] > since


@dataclass
class Oracle:
    """The rules of one entity of a board; `key` is the id of its key column, `batch_by` of its batch column."""

    rules: Sequence[Rule]
    key: str
    batch_by: str | None = None
    on_missing: str = "ignore"
    groups: frozenset[str] = frozenset()
    memory: Memory = field(default_factory=Memory)
    batches: Mapping[int | str, str | None] = field(default_factory=dict)
    """Of subitems: id and key of a parent -> its batch."""

    def build(
        self,
        view: Mapping[int, Item],
        models: Sequence[Sequence[Row]],
        parents: Mapping[int, str | None] | None = None,
        new_parents: Mapping[str, Staged] | None = None,
    ) -> list[Staged]:
        """Return the staged rows; moves the base. `parents` is item id -> record key, `new_parents` those to come."""
        board: dict[str, list[Item]] = defaultdict(list)
        keys: dict[int, str] = {}
        for item in view.values():
            key = self._key(
                item.cell(Rule(self.key)), parents, None if parents is None else parents.get(item.parent or 0)
            )
            if key is not None:
                keys[item.id] = key
                board[self._fold(key, parents)].append(item)
        wanted, keyless = self._claims(models, view, keys, parents)
        out = [Staged("CREATE", None, "INVALID") for count in keyless if count]
        for target, claims in wanted.items():
            here = board.get(target) or [] if isinstance(target, str) else [view[target]] if target in view else []
            out += self._row(target, claims, here, keys, new_parents, parents)
        primary = {target for target, claims in wanted.items() if claims.get(0)}
        if self.on_missing == "archive" and primary:
            for target, items in board.items():
                if target not in primary and len(items) == 1:
                    gone = Staged(
                        "ARCHIVE", keys[items[0].id], "VALID", item_id=items[0].id, fields={"$state": "archived"}
                    )
                    out.append(self._held(gone, items[0], set(), self._batch({}, items[0]) if parents is None else self._parent_batch(None, items[0])))
        return out

    def _key(self, own: str | None, parents: object, parent_key: str | None) -> str | None:
        if parents is None:
            return own
        return (
            None
            if own is None or parent_key is None
            else json.dumps([parent_key, own], ensure_ascii=False, separators=(",", ":"))
        )

    def _fold(self, key: str, parents: object) -> str:
        return fold(key) if parents is None else json.dumps([fold(part) for part in json.loads(key)])

    def _claims(
        self, models: Sequence[Sequence[Row]], view: Mapping[int, Item], keys: Mapping[int, str], parents: object
    ) -> tuple[dict[str | int, dict[int, list[tuple[str, Row]]]], list[int]]:
        wanted: dict[str | int, dict[int, list[tuple[str, Row]]]] = defaultdict(lambda: defaultdict(list))
        keyless = [0] * len(models)
        for at, rows in enumerate(models):
            for row in rows:
                form = row.cells.get(self.key)
                key = self._key(form.means if form else None, parents, row.parent_key)
                if row.item_id is not None:
                    known = keys.get(row.item_id)
                    wanted[row.item_id if known is None else self._fold(known, parents)][at].append(
                        (known or key or f"id:{row.item_id}", row)
                    )
                elif key is None:
                    keyless[at] += 1
                else:
                    wanted[self._fold(key, parents)][at].append((key, row))
        return wanted, keyless

    def _row(
        self,
        target: str | int,
        claims: Mapping[int, list[tuple[str, Row]]],
        here: Sequence[Item],
        keys: Mapping[int, str],
        new_parents: Mapping[str, Staged] | None,
        parents: Mapping[int, str | None] | None,
    ) -> Iterable[Staged]:
        named = [key for rows in claims.values() for key, _ in rows]
        rows = [row for found in claims.values() for _, row in found]
        item = here[0] if len(here) == 1 else None
        creates = not here and isinstance(target, str)
        cells, clash = self._cells(rows)
        groups = {row.group: None for row in rows if row.group}
        bad = (
            any(len(found) > 1 for found in claims.values())
            or len(set(named)) > 1
            or len(here) > 1
            or (item is not None and item.id in keys and keys[item.id] != named[0])
            or (not here and not isinstance(target, str))
            or (creates and 0 not in claims)
            or clash
            or len(groups) > 1
            or bool(groups.keys() - self.groups)
        )
        waits = False
        if creates and parents is not None and not bad:
            parent = rows[0].parent_key
            found = [one for one in parents.values() if one == parent]
            coming = None if found else (new_parents or {}).get(parent or "")
            bad = len(found) > 1 or (not found and (coming is None or coming.status == "INVALID"))
            waits = coming is not None and (coming.status == "PENDING" or coming.hold is not None)
        batch = self._batch(cells, item) if parents is None else self._parent_batch(rows[0].parent_key, item)
        group = next(iter(groups), None)
        if creates:
            created = self._create(named[0], cells, group, bad, batch)
            yield replace(created, status="PENDING") if waits and created.status == "VALID" else created
            return
        if item is None:
            yield Staged("UPDATE", named[0], "INVALID")
            return
        yield from self._update(item, named[0], cells, bad, batch)
        if group and group != item.group:
            fields = {"$group": group}
            move = Staged("MOVE", named[0], "INVALID" if bad else "VALID", None, item.id, group, fields=fields)
            yield self._held(move, item, set(), batch)

    def _cells(self, rows: Iterable[Row]) -> tuple[dict[str, Any], bool]:
        """Return column -> the form wanted or CLEAR, and whether two models want different values."""
        cells: dict[str, Any] = {}
        clash = False
        for row in rows:
            for rule in self.rules:
                form = row.cells.get(rule.id)
                if form is None or (form.ok and form.means is None and rule.on_null == "keep"):
                    continue
                want = CLEAR if form.ok and form.means is None else form
                had = cells.setdefault(rule.id, want)
                clash = clash or (had is not want and (CLEAR in (had, want) or _meaning(had) != _meaning(want)))
        return cells, clash

    def _create(self, key: str, cells: Mapping[str, Any], group: str | None, bad: bool, batch: str | None) -> Staged:
        fields, ok = {}, True
        for rule in self.rules:
            want = cells.get(rule.id)
            if (
                want is None
                or want is CLEAR
                or rule.id == "name"
                or (rule.type == "checkbox" and want.means == "false")
            ):
                continue
            fields[rule.id], ok = want.means, ok and want.ok
        name = cells["name"].means if "name" in cells else cells[self.key].means if self.key in cells else None
        bad = bad or not ok or not name or len(name) > 255
        row = Staged("CREATE", key, "INVALID" if bad else "VALID", None, None, group, name, fields)
        return self._held(row, None, set(), batch)

    def _update(self, item: Item, key: str, cells: Mapping[str, Any], bad: bool, batch: str | None) -> Iterable[Staged]:
        changed: dict[str, str | None] = {}
        edited: set[str] = set()
        ok, dropped = True, False
        for rule in self.rules:
            on_board, cell = item.cell(rule), (item.id, rule.id)
            self.memory.base.setdefault(cell, on_board)
            want = cells.get(rule.id)
            value = None if want is None or want is CLEAR else want.means
            if want is CLEAR and rule.type == "checkbox":
                value = "false"
            if want is None or value == on_board:
                if want is not None:
                    self.memory.base[cell] = on_board
                continue
            is_edited = self.memory.base[cell] != on_board
            if is_edited and rule.on_conflict == "keep":
                dropped = True
                continue
            if is_edited and rule.on_conflict == "flag":
                edited.add(rule.id)
            changed[rule.id] = value
            ok = ok and (want is CLEAR or want.ok)
        if changed or bad:
            row = Staged("UPDATE", key, "VALID" if ok and not bad else "INVALID", None, item.id, fields=changed)
            yield self._held(row, item, edited, batch)

    def see(self, view: Mapping[int, Item], unmanaged: Collection[str]) -> None:
        """Note what is seen for the first time, wanted or not."""
        for item in view.values():
            for rule in self.rules:
                if rule.id in unmanaged:
                    continue
                self.memory.base.setdefault((item.id, rule.id), item.cell(rule))

    def _batch(self, cells: Mapping[str, Any], item: Item | None) -> str | None:
        want = cells.get(self.batch_by or "")
        if want is not None and want is not CLEAR:
            return str(want.means)
        return item.cells.get(self.batch_by) if item and self.batch_by else None

    def _parent_batch(self, parent_key: str | None, item: Item | None) -> str | None:
        """Return the batch of a subitem, which is its parent's: by id where it has one, else by key."""
        if item is not None and item.parent is not None:
            return self.batches.get(item.parent)
        return self.batches.get(parent_key or "")

    def _held(self, row: Staged, item: Item | None, edited: set[str], batch: str | None) -> Staged:
        memory, key = self.memory, row.key or ""
        cells = [(column, value) for column, value in row.fields.items() if not column.startswith("$")]
        causes = set()
        for scope, (decision, _, seq) in memory.decisions.items():
            if decision != "HOLD":
                continue
            held_batch, held_key, column = scope
            if (held_batch or batch) != batch or (held_key or key) != key or (held_batch is None and held_key is None):
                continue
            if (column is None or column in dict(cells)) and not memory.released(key, column, seq):
                causes.add("HELD")
        if item:
            for column, value in cells:
                back = memory.rolled_back.get((item.id, column))
                if back and back[0] == value and not memory.released(key, column, back[1]):
                    causes.add("ROLLED_BACK")
                if column in edited and not memory.conflict_released(key, item.id, column, item.cell(Rule(column))):
                    causes.add("CONFLICT")
        since = memory.failed.get(row.identity)
        if since is not None and not memory.released(key, None, since):
            causes.add("FAILED_BEFORE")
        order = ("HELD", "ROLLED_BACK", "FAILED_BEFORE", "CONFLICT")
        hold = next((one for one in order if one in causes), None)
        return Staged(row.operation, row.key, row.status, hold, row.item_id, row.group, row.name, row.fields, batch)


def fold(key: str) -> str:
    """Return a key without case and outer space; rows that differ in no more are not told apart."""
    return key.strip(" ").lower()


def _meaning(form: Form) -> Any:
    return form.means if form.ok else form
