"""Looks at the board for the rows of one request: what they are about, or who bears their keys already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opus_sync.contract import Board, Entity
from opus_sync.live.items import ItemReader, LiveItem
from opus_sync.live.keys import Key, folded, key_columns, key_of, key_parts
from opus_sync.live.record import LiveRecord
from opus_sync.live.structure import LiveStructure, StructureReader
from opus_sync.monday.governed import GovernedApi
from opus_sync.plan.order import NEW, Operation, Wave
from opus_sync.plan.staged import BOARDS, GROUPS, ITEMS, StagedRow
from opus_sync.push.sending import Sending

SUBITEMS_CELL = "$subitems"
NOTHING = LiveStructure()
_STRUCTURE = (GROUPS, BOARDS)


@dataclass(frozen=True)
class Found:
    """What stands on the board for one row: its record, or for a new one those of its key and its parent.

    `structure` is the whole board for a row of a group.
    """

    item: LiveRecord | None = None
    hits: tuple[LiveRecord, ...] = ()
    parent: LiveItem | None = None
    structure: LiveStructure = NOTHING


class Look:
    """Reads what rows are about; a request for each hundred of them."""

    def __init__(self, board: Board, api: GovernedApi) -> None:
        self._board = board
        self._api = api
        self._entities = {f"update_{entity.kind}": entity for entity in board.entities}
        self._structure = {GROUPS: board.groups, BOARDS: board.facts}

    @property
    def calls(self) -> int:
        """The requests that were made so far."""
        return self._api.calls

    @property
    def complexity(self) -> int:
        """The points that they took."""
        return self._api.complexity

    def on_conflict(self, row: StagedRow, column_id: str) -> str:
        """Return what the contract says of a cell that somebody edited: flag, overwrite or keep."""
        if row.update_type in _STRUCTURE:
            own = self._structure[row.update_type]
            return own.on_conflict if own else "flag"
        entity = self._entities.get(row.update_type)
        columns = entity.columns if entity else ()
        return next((column.on_conflict for column in columns if column.id == column_id), "flag")

    def can_find(self, sending: Sending) -> bool:
        """Tell whether the contract says how to find what a row is about: it may have changed since it was sent."""
        if sending.staged.row.update_type in _STRUCTURE:
            return True
        entity = self._entities.get(sending.staged.row.update_type)
        if entity is None:
            return False
        if sending.staged.wave not in NEW:
            return True
        try:
            parts = key_parts(entity, sending.staged.row.record_key or "")
        except (ValueError, TypeError):
            return False
        return len(parts) == len(key_columns(entity)) > 0

    def at(self, sendings: Sequence[Sending]) -> list[Found]:
        """Return what stands on the board for each row; raises OpusError where monday cannot be read."""
        new_items = [one for one in sendings if one.staged.wave is Wave.NEW_ITEMS]
        new_subitems = [one for one in sendings if one.staged.wave is Wave.NEW_SUBITEMS]
        structure = [one for one in sendings if one.staged.row.update_type in _STRUCTURE]
        known = [one for one in sendings if one.staged.wave not in NEW and one.staged.row.update_type not in _STRUCTURE]
        found = {
            **self._in_structure(structure),
            **self._by_key(new_items),
            **self._below(new_subitems),
            **self._by_id(known),
        }
        return [found[one.operation_id] for one in sendings]

    def _in_structure(self, sendings: Sequence[Sending]) -> dict[str, Found]:
        if not sendings:
            return {}
        archived = [one.staged.row.group_id for one in sendings if one.staged.wave is Wave.GROUP_REMOVALS]
        reader = StructureReader(self._api, _board_id(sendings))
        live = reader.read([group_id for group_id in archived if group_id is not None])
        return {one.operation_id: _placed(one.staged, live) for one in sendings}

    def _by_key(self, sendings: Sequence[Sending]) -> dict[str, Found]:
        if not sendings:
            return {}
        entity = self._entities[ITEMS]
        keys = {one.operation_id: key_parts(entity, one.staged.row.record_key or "") for one in sendings}
        reader = self._reader(sendings)
        hits = reader.by_key(list(keys.values()), _columns(sendings))
        return {operation_id: Found(hits=tuple(hits.get(folded(parts), ()))) for operation_id, parts in keys.items()}

    def _below(self, sendings: Sequence[Sending]) -> dict[str, Found]:
        parents = [one.parent for one in sendings if one.parent is not None]
        if not parents:
            return {one.operation_id: Found() for one in sendings}
        entity = self._entities["update_subitems"]
        live = self._reader(sendings).below(parents, _columns(sendings))
        columns = key_columns(entity)
        bearers: dict[tuple[int, Key], list[LiveItem]] = {}
        for parent in live.values():
            for child in parent.subitems or ():
                key = key_of(columns, child.cells or {})
                if key is not None:
                    bearers.setdefault((parent.id, key), []).append(child)
        return {one.operation_id: _new_subitem(one, entity, live, bearers) for one in sendings}

    def _by_id(self, sendings: Sequence[Sending]) -> dict[str, Found]:
        found: dict[str, Found] = {}
        kinds = {one.staged.row.update_type for one in sendings}
        for update_type in kinds:
            rows = [one for one in sendings if one.staged.row.update_type == update_type]
            ids = dict.fromkeys(one.staged.row.monday_item_id for one in rows)
            live = self._reader(rows).by_id(
                update_type.removeprefix("update_"),
                [item_id for item_id in ids if item_id is not None],
                _columns(rows),
                subitems=any(SUBITEMS_CELL in one.staged.old for one in rows),
            )
            found.update({one.operation_id: Found(live.get(one.staged.row.monday_item_id or 0)) for one in rows})
        return found

    def _reader(self, sendings: Sequence[Sending]) -> ItemReader:
        return ItemReader(self._api, self._board, _board_id(sendings))


def _board_id(sendings: Sequence[Sending]) -> int:
    # The rows name the board: what was sent to it is looked for there, whatever the contract says by now.
    return next((one.staged.row.monday_board_id for one in sendings if one.staged.row.monday_board_id), 0)


def _placed(entry: Operation, live: LiveStructure) -> Found:
    if entry.row.update_type == BOARDS:
        return Found(live.facts)
    if entry.wave is Wave.NEW_GROUPS:
        return Found(hits=live.titled(entry.new.get("title")), structure=live)
    return Found(live.group(entry.row.group_id), structure=live)


def _new_subitem(
    sending: Sending,
    entity: Entity,
    live: dict[int, LiveItem],
    bearers: dict[tuple[int, Key], list[LiveItem]],
) -> Found:
    parent = sending.parent or 0
    key = folded(key_parts(entity, sending.staged.row.record_key or "[]"))
    return Found(hits=tuple(bearers.get((parent, key), ())), parent=live.get(parent))


def _columns(sendings: Sequence[Sending]) -> set[str]:
    return {column for one in sendings for column in (*one.staged.new, *one.staged.old) if column[:1] != "$"}


def exact(entry: Operation, item: LiveRecord) -> bool:
    """Tell whether a record is what a row that creates one would have made."""
    row = entry.row
    if entry.wave is Wave.NEW_GROUPS:
        return item.cell("title") == row.item_name and entry.new.get("color") in (None, item.cell("color"))
    cells = {column: text for column, text in entry.new.items() if text is not None and column != "name"}
    return (
        item.cell("name") == row.item_name
        and (row.group_id is None or item.cell("$group") == row.group_id)
        and all(item.cell(column) == text for column, text in cells.items())
    )
