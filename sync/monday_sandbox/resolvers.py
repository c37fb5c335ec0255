"""Resolvers: how the fields of the schema are read from the state, and how mutations are run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timezone
from typing import Any, cast

from monday_sandbox.board_mutations import BOARD_MUTATIONS
from monday_sandbox.clock import utc_seconds
from monday_sandbox.column_mutations import COLUMN_MUTATIONS
from monday_sandbox.columns.settings import settings_str
from monday_sandbox.context import Info, run_of
from monday_sandbox.errors import invalid_argument
from monday_sandbox.filters import Setting
from monday_sandbox.model import Account, Board, Column, Group, Item, Team, User
from monday_sandbox.mutations import MUTATIONS
from monday_sandbox.pages import IDS_LIMIT, Page, items_by_values, query_items
from monday_sandbox.store import by_ids
from monday_sandbox.view import views
from monday_sandbox.wire import VERSIONS


def page_of(records: list[Any], page: int | None, limit: int | None) -> list[Any]:
    """Cut the page `page` (from 1) of `limit` records out of a list."""
    size = 25 if limit is None else max(0, limit)
    start = (max(1, page or 1) - 1) * size
    return records[start : start + size]


# Query


def _boards(source: Any, info: Info, **args: Any) -> list[Board]:
    state = args.get("state") or "active"
    found = [
        board
        for board in by_ids(run_of(info).store.boards, args.get("ids"))
        if (state == "all" or board.state == state)
        and (args.get("board_kind") in (None, board.kind))
        and ("classic" in (args.get("hierarchy_types") or ("classic",)))
    ]
    return page_of(found, args.get("page"), args.get("limit"))


def _items(source: Any, info: Info, **args: Any) -> list[Item]:
    store = run_of(info).store
    ids = args.get("ids")
    if ids is not None and len(ids) > IDS_LIMIT:
        raise invalid_argument(f"items takes at most {IDS_LIMIT} ids", ids=len(ids))
    found = [
        item
        for item in by_ids(store.items, ids)
        if item.state == "active" or (ids is not None and not args.get("exclude_nonactive"))
    ]
    if args.get("newest_first"):
        found.sort(key=lambda item: int(item.id), reverse=True)
    return page_of(found, args.get("page"), args.get("limit"))


def _items_page(source: Board | Group, info: Info, **args: Any) -> Page:
    run, cursor, query = run_of(info), args.get("cursor"), args.get("query_params")
    if cursor is not None:
        if query:
            raise invalid_argument("cursor and query_params exclude each other")
        return run.cursors.following(cursor, args["limit"], run.now)
    items = query_items(_setting(run, _board_of(source)), source, query)
    return run.cursors.first(items, args["limit"], run.now, run.options.cursor_minutes)


def _board_of(source: Board | Group) -> Board:
    return source if isinstance(source, Board) else cast(Board, source.board)


def _next_items_page(source: Any, info: Info, cursor: str, limit: int) -> Page:
    run = run_of(info)
    return run.cursors.following(cursor, limit, run.now)


def _items_by_values(source: Any, info: Info, board_id: str, limit: int, **args: Any) -> Page:
    run, cursor, columns = run_of(info), args.get("cursor"), args.get("columns")
    if cursor is not None:
        if columns:
            raise invalid_argument("cursor and columns exclude each other")
        return run.cursors.following(cursor, limit, run.now)
    if not columns:
        raise invalid_argument("columns or cursor is required")
    items = items_by_values(_setting(run, run.store.board(board_id)), columns)
    return run.cursors.first(items, limit, run.now, run.options.cursor_minutes)


def _setting(run: Any, board: Board) -> Setting:
    return Setting(run.store, run.options, board, run.now)


def _users(source: Any, info: Info, **args: Any) -> list[User]:
    statuses = args.get("status") or (("INACTIVE",) if args.get("non_active") else ("ACTIVE",))
    emails = {email.casefold() for email in args.get("emails") or ()}
    name = (args.get("name") or "").casefold()
    found = [
        user
        for user in by_ids(run_of(info).store.users, args.get("ids"))
        if _status(user) in statuses
        and (not emails or user.email.casefold() in emails)
        and name in user.name.casefold()
    ]
    return page_of(found, args.get("page"), args.get("limit"))


def _status(user: User) -> str:
    return "ACTIVE" if user.enabled else "INACTIVE"


def _versions() -> list[dict[str, str]]:
    return [{"value": value, "kind": kind, "display_name": value} for value, kind in VERSIONS]


def _version(source: Any, info: Info) -> dict[str, str]:
    return next(entry for entry in _versions() if entry["value"] == run_of(info).version)


# Board, group, item


def _columns(board: Board, info: Info, **args: Any) -> list[Column]:
    ids, types = args.get("ids"), args.get("types")
    return [
        column
        for column in board.active_columns()
        if (ids is None or column.id in ids) and (types is None or column.type in types)
    ]


def _groups(board: Board, info: Info, ids: list[str] | None = None) -> list[Group]:
    return [group for group in board.active_groups() if ids is None or group.id in ids]


def _owner(board: Board, info: Info) -> User:
    return run_of(info).store.user(board.creator)


def _activity(board: Board, info: Info, **args: Any) -> list[dict[str, Any]]:
    entries = run_of(info).store.activity.get(board.id, ())
    keys = (
        ("item_ids", "item_id"),
        ("column_ids", "column_id"),
        ("group_ids", "group_id"),
        ("user_ids", "user_id"),
    )
    start, end = _seconds(args.get("from")), _seconds(args.get("to"))
    found = [
        entry
        for entry in entries
        if all(args.get(name) is None or entry[key] in args[name] for name, key in keys)
        and (start is None or entry["at"] >= start)
        and (end is None or entry["at"] <= end)
    ]
    return page_of(found, args.get("page"), args.get("limit"))


def _seconds(moment: str | None) -> float | None:
    if moment is None:
        return None
    try:
        parsed = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError:
        raise invalid_argument(f"{moment!r} is not an ISO 8601 time") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)).timestamp()


def _column_values(item: Item, info: Info, **args: Any) -> list[Any]:
    run = run_of(info)
    return views(run.store, run.options, item, args.get("ids"), args.get("types"))


def _url(kind: str) -> Callable[[Any, Info], str]:
    def resolve(source: Any, info: Info) -> str:
        base = f"https://{run_of(info).store.account.slug}.monday.com"
        if kind == "item":
            return f"{base}/boards/{source.board.id}/pulses/{source.id}"
        return f"{base}/{kind}/{source.id}"

    return resolve


def _teams_of(user: User, info: Info, ids: list[str] | None = None) -> list[Team]:
    return [team for team in by_ids(run_of(info).store.teams, ids) if user.id in team.users]


def _team_users(team: Team, info: Info, ids: list[str] | None = None) -> list[User]:
    store = run_of(info).store
    return [store.user(user) for user in team.users if ids is None or user in ids]


def _plan(account: Account, info: Info) -> dict[str, Any]:
    return {"max_users": 200, "period": "yearly", "tier": account.plan, "version": 1}


def _platform_api(source: Any, info: Info) -> dict[str, Any]:
    """Tell the calls of the day, as the API analytics page does."""
    run = run_of(info)
    total = run.limits.plan.calls_per_day
    today = {"day": utc_seconds(run.now)[:10], "usage": int(run.limits.calls)}
    return {"daily_limit": {"base": total, "total": total}, "daily_analytics": {"by_day": [today]}}


RESOLVERS: dict[str, Mapping[str, Any]] = {
    "Query": {
        "account": lambda source, info: run_of(info).store.account,
        "boards": _boards,
        "complexity": lambda source, info: run_of(info).budget,
        "items": _items,
        "items_page_by_column_values": _items_by_values,
        "me": lambda source, info: run_of(info).me(),
        "next_items_page": _next_items_page,
        "platform_api": _platform_api,
        "tags": lambda source, info, ids=None: by_ids(run_of(info).store.tags, ids),
        "teams": lambda source, info, ids=None: by_ids(run_of(info).store.teams, ids),
        "users": _users,
        "version": _version,
        "versions": lambda source, info: _versions(),
    },
    "Account": {"plan": _plan, "tier": lambda account, info: account.plan},
    "User": {
        "account": lambda user, info: run_of(info).store.account,
        "created_at": lambda user, info: "2020-01-01T00:00:00Z",
        "is_deleted": lambda user, info: False,
        "status": lambda user, info: _status(user),
        "teams": _teams_of,
        "time_zone_identifier": lambda user, info: run_of(info).options.timezone,
        "title": lambda user, info: "",
        "url": _url("users"),
    },
    "Team": {"users": _team_users},
    "Board": {
        "activity_logs": _activity,
        "board_kind": lambda board, info: board.kind,
        "columns": _columns,
        "creator": _owner,
        "groups": _groups,
        "hierarchy_type": lambda board, info: "classic",
        "items_count": lambda board, info: board.items_count(),
        "items_page": _items_page,
        "owner": _owner,
        "owners": lambda board, info: [_owner(board, info)],
        "permissions": lambda board, info: "everyone",
        "tags": lambda board, info: list(run_of(info).store.tags.values()),
        "top_group": lambda board, info: board.active_groups()[0],
        "type": lambda board, info: "sub_items_board" if board.parent_board else "board",
        "url": _url("boards"),
        "workspace_id": lambda board, info: None,
    },
    "Column": {"settings_str": lambda column, info: settings_str(column)},
    "Group": {"deleted": lambda group, info: False, "items_page": _items_page},
    "Item": {
        "column_values": _column_values,
        "creator": lambda item, info: run_of(info).store.user(item.creator),
        "creator_id": lambda item, info: item.creator,
        "email": lambda item, info: f"pulse-{item.id}@{run_of(info).store.account.slug}.example",
        "group": lambda item, info: item.board.groups.get(item.group_id),
        "parent_item": lambda item, info: item.parent,
        "relative_link": lambda item, info: f"/boards/{item.board.id}/pulses/{item.id}",
        "subitems": lambda item, info: item.active_children(),
        "url": _url("item"),
    },
}


def _mutation(carry_out: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def resolve(source: Any, info: Info, **arguments: Any) -> Any:
        return await run_of(info).mutate(str(info.path.key), carry_out, arguments)

    return resolve


MUTATION_FIELDS: Mapping[str, Any] = {
    **{name: _mutation(do) for name, do in (MUTATIONS | COLUMN_MUTATIONS | BOARD_MUTATIONS).items()},
    "complexity": lambda source, info: run_of(info).budget,
}
