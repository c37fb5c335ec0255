"""Deploys a board: its contract, its models, and its place in the var `opus_boards`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opus_sync.contract import TITLE, Board, safe_names
from opus_sync.contract.project import PROJECT_FILE
from opus_sync.errors import Refused, UsageError
from opus_sync.project import BOARDS_DIR, Project
from opus_sync.registry.contract_file import MONDAY, Terms, checked, merged_contract, model_path, new_contract
from opus_sync.registry.discover import Discovery
from opus_sync.registry.drift import Difference
from opus_sync.registry.keys import KeyFacts, judge_keys, judge_together
from opus_sync.registry.naming import board_name, house_name
from opus_sync.registry.project_file import with_board
from opus_sync.registry.scaffold import About, board_files
from opus_sync.registry.written import Action, replace_text, write
from opus_sync.registry.yaml_text import value_at, with_value

_SETTINGS = ("schema", "database")
_HOUSE = re.compile(r"opus_house_name\('MON_(\w+?)'\)")
_TABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,49}")
_PLAIN = re.compile(r"[^\s\"'`{}\[\]\\#:,]+")


@dataclass(frozen=True)
class Wishes:
    """What a person asks for; what is None stays as it is, or takes its default."""

    board_id: int
    name: str | None = None
    table: str | None = None
    schema: str | None = None
    database: str | None = None
    account: str | None = None
    key: Sequence[str] = ()
    subitems: bool | None = None
    force: bool = False

    def __post_init__(self) -> None:
        """Refuse names that would not be names where they are written."""
        if self.table is not None and not _TABLE.fullmatch(self.table):
            raise UsageError(f"--table {self.table!r} cannot be part of a table's name", "letters, digits and _")
        for option in _SETTINGS:
            value = getattr(self, option)
            if value is not None and not _PLAIN.fullmatch(value):
                raise UsageError(f"--{option} {value!r} cannot be the name of a {option}")


@dataclass(frozen=True)
class Deployed:
    """What a deploy did: each file with what became of it, and what the contract and the board differ in."""

    board: Board
    discovery: Discovery
    files: Sequence[tuple[str, Action]]
    differences: Sequence[Difference]
    keys: Mapping[str, Sequence[KeyFacts]]
    enabled_again: bool


def known_board(boards: Iterable[Board], wishes: Wishes) -> Board | None:
    """Return the board's contract where it has one; raises UsageError where it bears another name than is wished."""
    for board in boards:
        ids = board.board_ids
        if wishes.board_id in (ids.values() if isinstance(ids, Mapping) else (ids,)):
            if wishes.name not in (None, board.name):
                raise UsageError(
                    f"board {wishes.board_id} has a contract already: {board.file}",
                    f"leave --name out, or rename the file and the models in it to {wishes.name!r} first",
                )
            return board
    return None


def deploy(project: Project, wishes: Wishes, there: Board | None, discovery: Discovery) -> Deployed:
    """Write the files of a board; nothing is written where one of them cannot be.

    Raises Refused where the name is another board's, ConfigurationError where the contract would be wrong.
    """
    name = there.name if there else board_name(discovery.items.title, wishes.name)
    path = project.root / BOARDS_DIR / f"{name}.yml"
    if there is None and path.exists():
        raise Refused(
            f"{BOARDS_DIR}/{name}.yml is the contract of another board; nothing was written",
            "choose another name with --name, or add this board's id there: `board_id: {prod: 1, dev: 2}`",
        )
    if wishes.subitems is False:
        discovery = replace(discovery, subitems=None)
    text, found = _contract(name, path, wishes, there, discovery)
    board = checked(name, text)
    listing = project.root / PROJECT_FILE
    listed = with_board(listing.read_text("utf-8"), name, board.kinds)
    about = _about(project, board, wishes, text, discovery)
    done = _models(project, board_files(board, about), board_files(there, about) if there else {}, wishes.force)
    done.append((_shown(project.root, path), replace_text(path, text)))
    done.append((PROJECT_FILE, replace_text(listing, listed)))
    return Deployed(board, discovery, done, found, _keys(board, discovery), bool(there and not there.enabled))


def _models(
    project: Project, files: Mapping[str, str], before: Collection[str], force: bool
) -> list[tuple[str, Action]]:
    """Write the models; what somebody took away of those from `before` stays away, unless none of them is left."""
    places = {file: project.models_dir / file for file in files}
    some_left = any(places[file].exists() for file in before if file in places)
    done: list[tuple[str, Action]] = []
    for file, place in places.items():
        taken_away = some_left and file in before and not place.exists() and not force
        action: Action = "left out" if taken_away else write(place, files[file], force=force)
        done.append((_shown(project.root, place), action))
    return done


def _contract(
    name: str, path: Path, wishes: Wishes, there: Board | None, discovery: Discovery
) -> tuple[str, list[Difference]]:
    settings = {option: value for option in _SETTINGS if (value := getattr(wishes, option)) is not None}
    if there is None:
        terms = Terms(wishes.board_id, {"items": wishes.key}, wishes.account, settings)
        return new_contract(name, terms, discovery), []
    text = path.read_text("utf-8")
    terms = Terms(wishes.board_id, settings=_settings(text, there))
    text, found = merged_contract(text, there, discovery, terms, add_subitems=wishes.subitems is True)
    for entity in there.entities:
        for option, value in settings.items():
            text = with_value(text, (*model_path(text, entity), "config", option), value, there.file)
    own = {"account": wishes.account, "key": wishes.key[0] if len(wishes.key) == 1 else [*wishes.key]}
    for rule, value in own.items():
        if value:
            text = with_value(text, (*model_path(text, there.items), *MONDAY, rule), value, there.file)
    return text, found


def _about(project: Project, board: Board, wishes: Wishes, text: str, discovery: Discovery) -> About:
    current = project.models_dir / "monday" / board.name / f"mon_{board.name}.sql"
    named = _HOUSE.search(current.read_text("utf-8", errors="replace")) if current.exists() else None
    return About(
        title=discovery.items.title,
        url=discovery.items.url,
        owner=discovery.items.owners,
        house=wishes.table or (named.group(1) if named else house_name(board.name)),
        settings=_settings(text, board),
    )


def _settings(text: str, board: Board) -> dict[str, str]:
    """Return dbt's schema and database as the contract has them."""
    config = value_at(text, (*model_path(text, board.items), "config"))
    return {option: config[option] for option in _SETTINGS if option in config}


def _keys(board: Board, discovery: Discovery) -> dict[str, list[KeyFacts]]:
    found: dict[str, list[KeyFacts]] = {}
    for entity in board.entities:
        live = discovery.entities.get(entity.kind)
        if live is None:
            continue
        there = safe_names([(column["id"], column["title"]) for column in live.columns], entity.kind)
        known = entity.by_id()
        names = {"name": TITLE, **{one: known[one].name if one in known else there[one] for one in there}}
        found[entity.kind] = judge_keys(live.sample, names, entity.key)
        if len(entity.key) > 1:
            found[entity.kind].append(judge_together(live.sample, names, entity.key))
    return found


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
