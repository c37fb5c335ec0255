"""The dbt files of a board: its one-line models, a desired model to start from, their properties, an exposure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opus_sync.contract import Board, Entity, safe_text
from opus_sync.registry.templates import rendered

_MODELS = {
    "current": "{current}",
    "base": "{current}_base",
    "staged": "staged_{board}_{entity}",
    "staging": "stg_{current}",
    "errors": "err_{current}",
}
_WORDS = {"items": ("an item", "item"), "subitems": ("a subitem", "subitem")}


@dataclass(frozen=True)
class About:
    """What the files say of a board beside its contract; `settings` are dbt's schema and database."""

    title: str
    url: str
    owner: str
    house: str
    settings: Mapping[str, str]


def board_files(board: Board, about: About) -> dict[str, str]:
    """Return path below the folder of models -> text of every file of a board."""
    files: dict[str, str] = {}
    entities = [_entity(board, entity, about) for entity in board.entities]
    for entity in entities:
        for template, name in _MODELS.items():
            path = f"monday/{board.name}/{name.format(**entity)}.sql"
            files[path] = rendered(f"{template}.sql", **entity)
        files[f"desired/{entity['desired']}.sql"] = rendered("desired.sql", **entity)
    shared: dict[str, Any] = {
        "board": board.name,
        "entities": entities,
        "title": safe_text(about.title),
        "url": about.url,
        "owner": safe_text(about.owner),
        "settings": dict(about.settings),
    }
    files[f"monday/{board.name}/_models.yml"] = rendered("models.yml", **shared)
    files[f"monday/{board.name}/_exposure.yml"] = rendered("exposure.yml", **shared)
    files[f"desired/desired_{board.name}.yml"] = rendered("desired.yml", **shared)
    return files


def _entity(board: Board, entity: Entity, about: About) -> dict[str, Any]:
    row, word = _WORDS[entity.kind]
    return {
        "board": board.name,
        "entity": entity.kind,
        "current": entity.model,
        "desired": f"desired_{board.name}_{entity.kind}",
        "house": about.house + ("_Subitems" if entity.kind == "subitems" else ""),
        "row": row,
        "word": word,
        "managed": [column.name for column in entity.pushed],
    }
