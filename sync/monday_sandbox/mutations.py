"""The mutations, as functions on the state; each either does all of its work or raises and does nothing."""

from __future__ import annotations

from monday_sandbox.actor import Actor
from monday_sandbox.clock import utc_millis, utc_seconds
from monday_sandbox.columns.codec import CHANGE, CREATE, MULTIPLE, SIMPLE
from monday_sandbox.errors import ApiError, invalid_argument, not_found
from monday_sandbox.group_mutations import active_group
from monday_sandbox.model import Board, Group, Item, Tag
from monday_sandbox.view import shown_text, view
from monday_sandbox.writes import Draft, Writer, check_name, check_size, commit, decode


def create_item(
    actor: Actor,
    board_id: str,
    item_name: str,
    group_id: str | None = None,
    column_values: str | None = None,
    create_labels_if_missing: bool | None = None,
    position_relative_method: str | None = None,
    relative_to: str | None = None,
) -> Item:
    """Create an item in the given group, else in the top one."""
    board = actor.store.board(board_id)
    if board.parent_board is not None:
        raise invalid_argument("Use create_subitem to create items on a subitems board", board_id=board_id)
    group = _group(board, group_id)
    if relative_to is not None and relative_to not in group.items:
        raise not_found("Item", relative_to)
    draft = Writer(actor.store, actor.options, board, bool(create_labels_if_missing)).values(column_values, CREATE)
    item = _new_item(actor, board, group, item_name, draft)
    if relative_to is not None:
        actor.store.place(item, group, relative_to, after=position_relative_method != "before_at")
    return actor.touch(item, "create_pulse", group_id=group.id)


def create_subitem(
    actor: Actor,
    parent_item_id: str,
    item_name: str,
    column_values: str | None = None,
    create_labels_if_missing: bool | None = None,
) -> Item:
    """Create a subitem on the subitem board, which appears with the first one."""
    parent = actor.store.item(parent_item_id)
    if parent.parent is not None:
        raise invalid_argument("Subitems of subitems do not exist on classic boards", item_id=parent_item_id)
    check_name(item_name)
    if parent.board.subitem_board is None and decode(column_values, "column_values"):
        # The new board's columns are known only once it is there; undo it when the values are refused.
        return _first_subitem(actor, parent, item_name, column_values, bool(create_labels_if_missing))
    board = actor.store.subitem_board(parent.board, utc_seconds(actor.now))
    return _subitem(actor, parent, board, item_name, column_values, bool(create_labels_if_missing))


def _first_subitem(actor: Actor, parent: Item, name: str, values: str | None, labels: bool) -> Item:
    columns = dict(parent.board.columns)
    board = actor.store.subitem_board(parent.board, utc_seconds(actor.now))
    try:
        return _subitem(actor, parent, board, name, values, labels)
    except ApiError:
        del actor.store.boards[board.id]
        parent.board.subitem_board, parent.board.columns = None, columns
        raise


def _subitem(actor: Actor, parent: Item, board: Board, name: str, values: str | None, labels: bool) -> Item:
    draft = Writer(actor.store, actor.options, board, labels).values(values, CREATE)
    item = _new_item(actor, board, _group(board, None), name, draft, parent)
    return actor.touch(item, "create_pulse")


def _new_item(actor: Actor, board: Board, group: Group, name: str, draft: Draft, parent: Item | None = None) -> Item:
    check_name(draft.name or name)
    check_size({}, draft)
    if board.items_count() >= board.items_limit:
        raise ApiError(
            "ItemsLimitationException",
            f"This board has reached its limit of {board.items_limit} items",
            data={"board_id": board.id, "items_limit": board.items_limit},
        )
    now = utc_seconds(actor.now)
    item = Item(actor.store.new_id(), draft.name or name, board, group.id, now, now, actor.user, actor.user, parent)
    actor.store.add_item(item)
    commit(actor.store, item, draft, utc_millis(actor.now))
    return item


def change_multiple_column_values(
    actor: Actor,
    board_id: str,
    column_values: str,
    item_id: str | None = None,
    create_labels_if_missing: bool | None = None,
) -> Item:
    """Write several columns of an item, all or none."""
    item = _item_on(actor, board_id, item_id)
    writer = Writer(actor.store, actor.options, item.board, bool(create_labels_if_missing))
    _write(actor, item, writer.values(column_values, MULTIPLE))
    if writer.draft.errors:
        raise writer.draft.errors[0]
    return item


def change_column_value(
    actor: Actor,
    board_id: str,
    column_id: str,
    value: str,
    item_id: str | None = None,
    create_labels_if_missing: bool | None = None,
) -> Item:
    """Write one column of an item in the JSON form."""
    item = _item_on(actor, board_id, item_id)
    writer = Writer(actor.store, actor.options, item.board, bool(create_labels_if_missing))
    return _write(actor, item, writer.value(column_id, decode(value, "value"), CHANGE))


def change_simple_column_value(
    actor: Actor,
    board_id: str,
    column_id: str,
    value: str | None = None,
    item_id: str | None = None,
    create_labels_if_missing: bool | None = None,
) -> Item:
    """Write one column of an item in the simple form."""
    item = _item_on(actor, board_id, item_id)
    writer = Writer(actor.store, actor.options, item.board, bool(create_labels_if_missing))
    return _write(actor, item, writer.value(column_id, value, SIMPLE))


def _write(actor: Actor, item: Item, draft: Draft) -> Item:
    check_size({column_id: cell.data for column_id, cell in item.cells.items()}, draft)
    before, name = _texts(actor, item, draft), item.name
    commit(actor.store, item, draft, utc_millis(actor.now))
    for column_id, text in _texts(actor, item, draft).items():
        actor.touch(
            item,
            "update_column_value",
            column_id=column_id,
            textual_value=text,
            previous_textual_value=before[column_id],
        )
    if draft.name is not None:
        actor.touch(item, "update_name", column_id="name", textual_value=item.name, previous_textual_value=name)
    return item


def _texts(actor: Actor, item: Item, draft: Draft) -> dict[str, str]:
    """Return the texts of the cells that a draft is about, by column id."""
    columns = item.board.columns
    return {
        column_id: shown_text(view(actor.store, actor.options, item, columns[column_id])) for column_id in draft.data
    }


def move_item_to_group(actor: Actor, group_id: str, item_id: str | None = None) -> Item:
    """Move an item to the end of another group of its board."""
    item = actor.store.item(item_id)
    left, entered = item.board.groups[item.group_id], _group(item.board, group_id)
    actor.store.place(item, entered)
    groups = {"source_group": _named(left), "dest_group": _named(entered)}
    return actor.touch(item, "move_pulse_from_group", group_id=group_id, **groups)


def archive_item(actor: Actor, item_id: str | None = None) -> Item:
    """Archive an item with its subitems."""
    return actor.retire(actor.store.item(item_id), "archived", "archive_pulse")


def delete_item(actor: Actor, item_id: str | None = None) -> Item:
    """Delete an item with its subitems; an archived one can be deleted too."""
    known = actor.store.items.get(item_id or "")
    item = known if known is not None and known.state == "archived" else actor.store.item(item_id)
    return actor.retire(item, "deleted", "delete_pulse")


def create_or_get_tag(actor: Actor, tag_name: str | None = None, board_id: str | None = None) -> Tag:
    """Return the tag of a name, made when it is missing; spaces are removed from names."""
    if board_id is not None:
        actor.store.board(board_id)
    name = "".join((tag_name or "").split())
    if not name:
        raise invalid_argument("tag_name is required")
    for tag in actor.store.tags.values():
        if tag.name == name:
            return tag
    tag = Tag(actor.store.new_id(), name)
    actor.store.tags[tag.id] = tag
    return tag


def _named(group: Group) -> dict[str, str]:
    return {"id": group.id, "title": group.title}


def _group(board: Board, group_id: str | None) -> Group:
    return board.active_groups()[0] if group_id is None else active_group(board, group_id)


def _item_on(actor: Actor, board_id: str, item_id: str | None) -> Item:
    board = actor.store.board(board_id)
    item = actor.store.item(item_id)
    if item.board is not board:
        raise not_found("Item", item_id)
    return item


MUTATIONS = {
    function.__name__: function
    for function in (
        archive_item,
        change_column_value,
        change_multiple_column_values,
        change_simple_column_value,
        create_item,
        create_or_get_tag,
        create_subitem,
        delete_item,
        move_item_to_group,
    )
}
