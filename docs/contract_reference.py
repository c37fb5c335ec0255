"""Writes docs/contract-reference.md from the contract's JSON Schema and the settings: `python docs/contract_reference.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opus_sync.contract import Guards
from opus_sync.settings import RANGES, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "contract-reference.md"
SCHEMA = ROOT / "boards" / "board.schema.json"
ENTITIES = ("items", "subitems", "groups", "board")
HEAD = """\
# Contract reference

Every key of a contract, `boards/<board>.yml`, and every setting. [Contracts](contracts.md) explain them. This page is made
by `python docs/contract_reference.py` from `boards/board.schema.json`, by which an editor checks a contract while you type,
and from the settings of the runner.

```yaml
version: 2
models:
  - name: mon_planning                      # a model: its keys below
    config:
      meta:
        monday: {entity: items, …}          # of the board
    columns:
      - name: "PLANNING STATUS"             # a column
        config: {meta: {monday: {id: status_planning_status, type: status, …}}}
```
"""


def page() -> str:
    """Return the page."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    found = schema["$defs"]
    model, column = found["monday_model"], found["monday_column"]
    config = found["model"]["properties"]["config"]
    outer = {**schema["properties"], **_below("models[]", found["model"])}
    outer |= _below("models[].config", config)
    outer |= _below("models[].columns[]", found["column"])
    required = {"models", *(f"models[].{name}" for name in found["model"]["required"]), "models[].columns[].name"}
    parts = [
        HEAD,
        "\n## The file\n\n" + _table(outer, required),
        "\n## Of a model: `config.meta.monday`\n\n" + _of_models(model),
        "\n## Of a column: `columns[].config.meta.monday`\n\n" + _table(column["properties"], set(column["required"])),
        "\n## Guards: `config.meta.monday.guards`, on the items\n\n" + _guards(found, model["properties"]["guards"]),
        "\n## Settings\n\n" + _settings(),
    ]
    return "".join(parts)


def _below(path: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{path}.{name}": rest for name, rest in schema["properties"].items() if name != "meta"}


def _of_models(schema: Mapping[str, Any]) -> str:
    places = {name: [e for e in ENTITIES if name not in _banned(schema, e)] for name in schema["properties"]}
    required = {"entity": "**needed**", "board_id": "**needed** (items)"}
    rows = [
        (f"`{name}`", ", ".join(places[name]), _kind(rest, name), required.get(name, _default(rest)), _what(rest))
        for name, rest in schema["properties"].items()
    ]
    groups = _limited(schema)
    return _rows(("key", "on", "values", "default", "what"), rows) + f"\n{groups}\n"


def _rules(schema: Mapping[str, Any], entity: str) -> Iterator[Mapping[str, Any]]:
    """Yield what the schema says in addition of the models of one kind."""
    for rule in schema["allOf"]:
        asked = rule["if"]["properties"]["entity"]
        if entity in asked.get("enum", [asked.get("const")]):
            yield rule["then"]


def _banned(schema: Mapping[str, Any], entity: str) -> set[str]:
    return {
        name for rule in _rules(schema, entity) for name in rule.get("propertyNames", {}).get("not", {}).get("enum", ())
    }


def _limited(schema: Mapping[str, Any]) -> str:
    told = [
        f"`{name}` of {entity} is {_listed(rest['enum'])}."
        for entity in ENTITIES
        for rule in _rules(schema, entity)
        for name, rest in rule.get("properties", {}).items()
    ]
    return " ".join(told)


def _guards(found: Mapping[str, Any], guards: Mapping[str, Any]) -> str:
    defaults = {name: asdict(value) for name, value in vars(Guards()).items() if value is not None}
    rows = []
    for name, rest in guards["properties"].items():
        default = ", ".join(f"{key}: {value:g}" for key, value in defaults[name].items())
        rows.append((f"`{name}`", f"`{{{default}}}`", _what(rest)))
    keys = _table({**found["guard"]["properties"], **found["age_guard"]["properties"]}, set())
    return (
        _rows(("guard", "default", "what it counts"), rows)
        + "\nA guard is a map of these limits, which changes what it names, or `off`:\n\n"
        + keys
    )


def _settings() -> str:
    rows = []
    for name, value, _, meaning in Settings().described():
        wanted = RANGES[name]
        kind = f"{'whole number' if wanted.whole else 'number'}, {wanted.least:g} to {wanted.most:g}"
        rows.append((f"`{name}`", kind, f"`{value:g}`", f"{meaning[0].upper()}{meaning[1:]}."))
    intro = (
        "In the dbt var `opus:` of `dbt_project.yml`, or for one board in `config.meta.monday.settings` of its items; "
        "`--threads` wins\nover both. `opus-sync debug` shows each with where its value comes from.\n\n"
    )
    return intro + _rows(("name", "values", "default", "what"), rows)


def _table(properties: Mapping[str, Any], required: set[str]) -> str:
    rows = [
        (f"`{name}`", _kind(rest, name), "**needed**" if name in required else _default(rest), _what(rest))
        for name, rest in properties.items()
    ]
    return _rows(("key", "values", "default", "what"), rows)


def _kind(schema: Mapping[str, Any], name: str) -> str:
    if name == "type" and "enum" in schema:
        return "[a type](column-types.md)"
    if "enum" in schema:
        return _listed(schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kinds = schema.get("type", "object")
    words = {
        "object": "map",
        "array": "list",
        "string": "text",
        "integer": "whole number",
        "boolean": "`true`, `false`",
    }
    said = " or ".join(
        words.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null"
    )
    least, most = schema.get("minimum"), schema.get("maximum")
    if most is not None:
        return f"{said}, {least:g} to {most:g}"
    return said if least is None else f"{said}, {least:g} or more"


def _default(schema: Mapping[str, Any]) -> str:
    return f"`{json.dumps(schema['default']).strip(chr(34))}`" if "default" in schema else ""


def _what(schema: Mapping[str, Any]) -> str:
    examples = [f"`{json.dumps(example, ensure_ascii=False)}`" for example in schema.get("examples", ())]
    more = f" For instance {', '.join(examples)}." if examples else ""
    return f"{schema['description']}{more}".replace("<", "&lt;").replace("|", "\\|")


def _listed(values: list[Any]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    ruler = "|---" * len(head) + "|\n"
    return f"| {' | '.join(head)} |\n{ruler}" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
