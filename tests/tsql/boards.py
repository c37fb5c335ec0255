"""Boards of the test project: a column of every type, one without a batch column, and one wide and strange."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from opus_sync.columns import TYPES

_HOSTILE = ("It_s", "a ] [ b", "Größe 名", "select", "x; drop table y--", "100 %")
_CONFLICTS = ("flag", "overwrite", "keep")


def write_boards(project: Path) -> dict[str, list[str]]:
    """Write contracts and models of the boards; give them as the var opus_boards has them."""
    every = [
        _column(f"{name} 1", f"{name}_1", name, at, "push" if kind.writable else "pull")
        for at, (name, kind) in enumerate(TYPES.items())
        if name != "name"
    ]
    wide = [_column(f"{_HOSTILE[at % len(_HOSTILE)]} {at}", f"text_{at}", "text", at, "push") for at in range(135)]
    typed = {"key": ["text 1", "numbers 1"], "on_missing": "archive"}
    of_board = {"board_id": 1, "batch_by": "status 1", "timezone": "Europe/London"}
    _board(project, "every_type", {"items": {**typed, **of_board}, "subitems": typed}, every)
    plain = {"key": "Title", "on_missing": "delete"}
    _board(project, "plain", {"items": {**plain, "board_id": 2}, "subitems": plain}, wide[:2])
    _board(project, "wide", {"items": {**plain, "board_id": 3}}, wide)
    return {"every_type": ["items", "subitems"], "plain": ["items", "subitems"], "wide": ["items"]}


def _column(name: str, column_id: str, type_name: str, at: int, direction: str) -> dict[str, Any]:
    meta: dict[str, Any] = {"id": column_id, "type": type_name, "direction": direction}
    if direction == "push":
        meta |= {"on_null": "clear" if at % 2 else "keep", "on_conflict": _CONFLICTS[at % 3]}
        if type_name in ("status", "dropdown"):
            meta["create_labels"] = at % 2 == 0
    return {"name": name, "config": {"meta": {"monday": meta}}}


def _board(project: Path, board: str, entities: dict[str, dict[str, Any]], columns: list[dict[str, Any]]) -> None:
    pushed = [column["name"] for column in columns if column["config"]["meta"]["monday"]["direction"] == "push"]
    contract: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    folder = project / "models" / "monday" / board
    folder.mkdir(parents=True)
    for entity, own in entities.items():
        suffix = "" if entity == "items" else "_subitems"
        monday = {"entity": entity, "on_new": "create", **own}
        contract.append({"name": f"mon_{board}{suffix}", "config": {"meta": {"monday": monday}}, "columns": columns})
        names = ["Title", "monday_item_id", "group_id" if entity == "items" else "parent_key", *pushed]
        listed.append({"name": f"desired_{board}_{entity}", "columns": [{"name": name} for name in names]})
        for name, code in {**_calls(board, entity, suffix), f"desired_{board}_{entity}": _desired(names)}.items():
            (folder / f"{name}.sql").write_text(code, encoding="utf-8")
    for path, models in ((project / "boards" / f"{board}.yml", contract), (folder / "_desired.yml", listed)):
        path.write_text(json.dumps({"version": 2, "models": models}), encoding="utf-8")


def _calls(board: str, entity: str, suffix: str) -> dict[str, str]:
    current, desired = f"ref('mon_{board}{suffix}')", f"ref('desired_{board}_{entity}')"
    own = f"board='{board}', current={current}, desired=[{desired}]"
    parents = f", parents=ref('mon_{board}')" if suffix else ""
    staged_parents = f", staged_parents=ref('staged_{board}_items')" if suffix else ""
    return {
        f"mon_{board}{suffix}": f"{{{{ opus_current_{entity}(board='{board}', items=ref('mon_items')) }}}}\n",
        f"mon_{board}{suffix}_base": f"{{{{ opus_base({own}, entity='{entity}'{parents}) }}}}\n",
        f"staged_{board}_{entity}": f"{{{{ opus_staged_{entity}({own}, base=ref('mon_{board}{suffix}_base')"
        f"{parents}{staged_parents}) }}}}\n",
        f"stg_mon_{board}{suffix}": f"{{{{ opus_stg_{entity}(board='{board}', current={current},"
        f" staged=ref('staged_{board}_{entity}'){staged_parents}) }}}}\n",
        f"err_mon_{board}{suffix}": f"{{{{ opus_err_{entity}(board='{board}', current={current},"
        f" errors=ref('err_mon_updates')) }}}}\n",
    }


def _desired(names: list[str]) -> str:
    quoted = ("{{ opus_identifier(" + json.dumps(name, ensure_ascii=False) + ") }}" for name in names)
    return "select\n    " + ",\n    ".join(f"cast(null as nvarchar(400)) as {name}" for name in quoted) + "\n"
