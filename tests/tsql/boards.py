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
    _structure(project, "plain")
    return {
        "every_type": ["items", "subitems"],
        "plain": ["items", "subitems", "groups", "board"],
        "wide": ["items"],
    }


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
        names = [
            "Title",
            "monday_item_id",
            *(["group_id", "group_title"] if entity == "items" else ["parent_key"]),
            *pushed,
        ]
        listed.append({"name": f"desired_{board}_{entity}", "columns": [{"name": name} for name in names]})
        for name, code in {**_calls(board, entity, suffix), f"desired_{board}_{entity}": _desired(names)}.items():
            (folder / f"{name}.sql").write_text(code, encoding="utf-8")
    for path, models in ((project / "boards" / f"{board}.yml", contract), (folder / "_desired.yml", listed)):
        path.write_text(json.dumps({"version": 2, "models": models}), encoding="utf-8")


def _structure(project: Path, board: str) -> None:
    """Let the groups of a board, and the board itself, be managed, too."""
    attributes = {"groups": ["group_id", "title", "color", "position"], "board": ["name", "description"]}
    contract = project / "boards" / f"{board}.yml"
    known = json.loads(contract.read_text(encoding="utf-8"))
    folder = project / "models" / "monday" / board
    listed = []
    for kind, names in attributes.items():
        model, desired = f"mon_{board}_{kind}", f"desired_{board}_{kind}"
        monday = {"entity": kind, **({"on_new": "create", "on_missing": "archive"} if kind == "groups" else {})}
        known["models"].append({"name": model, "config": {"meta": {"monday": monday}}})
        listed.append({"name": desired, "columns": [{"name": name} for name in names]})
        items = "items=ref('mon_items')"
        source = f"groups=ref('mon_groups'), {items}" if kind == "groups" else "boards=ref('mon_boards')"
        wanted = f"board='{board}', current=ref('{model}'), desired=ref('{desired}')"
        calls = {
            model: f"opus_current_{kind}(board='{board}', {source})",
            f"{model}_base": f"opus_{kind}_base({wanted})",
            f"staged_{board}_{kind}": f"opus_staged_{kind}({wanted}, base=ref('{model}_base')"
            + (f", {items})" if kind == "groups" else ")"),
        }
        for name, call in calls.items():
            (folder / f"{name}.sql").write_text(f"{{{{ {call} }}}}\n", encoding="utf-8")
        (folder / f"{desired}.sql").write_text(_desired(names), encoding="utf-8")
    contract.write_text(json.dumps(known), encoding="utf-8")
    (folder / "_desired_structure.yml").write_text(json.dumps({"version": 2, "models": listed}), encoding="utf-8")


def _calls(board: str, entity: str, suffix: str) -> dict[str, str]:
    current, desired = f"ref('mon_{board}{suffix}')", f"ref('desired_{board}_{entity}')"
    own = f"board='{board}', current={current}, desired=[{desired}]"
    parents = f", parents=ref('mon_{board}')" if suffix else ""
    staged_parents = f", staged_parents=ref('staged_{board}_items')" if suffix else ""
    staged_groups = f", staged_groups=ref('staged_{board}_groups')" if board == "plain" and not suffix else ""
    return {
        f"mon_{board}{suffix}": f"{{{{ opus_current_{entity}(board='{board}', items=ref('mon_items')) }}}}\n",
        f"mon_{board}{suffix}_base": f"{{{{ opus_base({own}, entity='{entity}'{parents}) }}}}\n",
        f"staged_{board}_{entity}": f"{{{{ opus_staged_{entity}({own}, base=ref('mon_{board}{suffix}_base')"
        f"{parents}{staged_parents}{staged_groups}) }}}}\n",
        f"stg_mon_{board}{suffix}": f"{{{{ opus_stg_{entity}(board='{board}', current={current},"
        f" staged=ref('staged_{board}_{entity}'){staged_parents}) }}}}\n",
        f"err_mon_{board}{suffix}": f"{{{{ opus_err_{entity}(board='{board}', current={current},"
        f" errors=ref('err_mon_updates')) }}}}\n",
    }


def _desired(names: list[str]) -> str:
    quoted = ("{{ opus_identifier(" + json.dumps(name, ensure_ascii=False) + ") }}" for name in names)
    return "select\n    " + ",\n    ".join(f"cast(null as nvarchar(400)) as {name}" for name in quoted) + "\n"
