"""The served schema is a subset of the published one, and all of it is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    build_schema,
    get_named_type,
)

from monday_sandbox import Weights
from monday_sandbox.columns import TYPES
from monday_sandbox.schema import sdl, served_schema

PUBLISHED = Path(__file__).parents[3] / ".." / "shared" / "monday" / "schema-2026-10.graphql"


@pytest.fixture(scope="module")
def published() -> GraphQLSchema:
    """The SDL that monday publishes."""
    if not PUBLISHED.is_file():
        pytest.skip("the published SDL schema-2026-10.graphql is not beside the repository")
    return build_schema(PUBLISHED.read_text(encoding="utf-8"))


def own_types() -> list[GraphQLNamedType]:
    return [kind for name, kind in build_schema(sdl()).type_map.items() if not name.startswith("__")]


def signature(kind: GraphQLNamedType) -> dict[str, Any]:
    """Return all that a client can rely on: fields, arguments, types, defaults, values, interfaces."""
    found: dict[str, Any] = {"kind": type(kind).__name__}
    if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
        found["interfaces"] = sorted(interface.name for interface in kind.interfaces)
        for name, field in kind.fields.items():
            found[f"field {name}"] = str(field.type)
            for argument, definition in field.args.items():
                found[f"argument {name}.{argument}"] = (str(definition.type), default(definition))
    elif isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            found[f"input {name}"] = (str(given.type), default(given))
    elif isinstance(kind, GraphQLEnumType):
        found |= {f"value {name}": True for name in kind.values}
    elif isinstance(kind, GraphQLUnionType):
        found |= {f"member {member.name}": True for member in kind.types}
    return found


def default(definition: Any) -> Any:
    value = definition.default_value if hasattr(definition, "default_value") else Undefined
    return None if value is Undefined else value


@pytest.mark.parametrize("name", [kind.name for kind in own_types()])
def test_type_is_a_subset_of_the_published_one(published: GraphQLSchema, name: str) -> None:
    assert name in published.type_map
    ours, theirs = signature(build_schema(sdl()).type_map[name]), signature(published.type_map[name])
    assert {key: theirs.get(key) for key in ours} == ours


@pytest.mark.parametrize("name", [kind.name for kind in own_types() if isinstance(kind, GraphQLInputObjectType)])
def test_required_input_fields_are_all_there(published: GraphQLSchema, name: str) -> None:
    theirs = published.type_map[name]
    assert isinstance(theirs, GraphQLInputObjectType)
    required = {field for field, definition in theirs.fields.items() if str(definition.type).endswith("!")}
    ours = build_schema(sdl()).type_map[name]
    assert isinstance(ours, GraphQLInputObjectType)
    assert required <= set(ours.fields)


def test_served_column_types_are_the_published_ones(published: GraphQLSchema) -> None:
    kind = published.type_map["ColumnType"]
    assert isinstance(kind, GraphQLEnumType)
    assert set(TYPES) == set(kind.values)


def test_each_typed_field_has_a_reader() -> None:
    for codec in TYPES.values():
        if codec.graphql is not None:
            kind = served_schema().type_map[codec.graphql]
            assert isinstance(kind, GraphQLObjectType)
            assert set(codec.fields) == set(kind.fields) - {
                "id",
                "column",
                "type",
                "text",
                "value",
                "is_leaf",
            }


def selection(kind: GraphQLNamedType, depth: int, schema: GraphQLSchema) -> str:
    """Select every field without required arguments, nested to a depth."""
    if isinstance(kind, GraphQLUnionType):
        return " ".join(f"... on {m.name} {{ {selection(m, depth, schema)} }}" for m in kind.types)
    assert isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType))
    parts = ["__typename"]
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        if any(str(argument.type).endswith("!") and default(argument) is None for argument in field.args.values()):
            continue
        if not hasattr(below, "fields") and not isinstance(below, GraphQLUnionType):
            parts.append(f"{kind.name}_{name}: {name}")
        elif depth > 0:
            parts.append(f"{kind.name}_{name}: {name} {{ {selection(below, depth - 1, schema)} }}")
    if isinstance(kind, GraphQLInterfaceType):
        for possible in schema.get_possible_types(kind):
            parts.append(f"... on {possible.name} {{ {selection(possible, min(depth, 1), schema)} }}")
    return " ".join(parts)


def test_every_field_of_the_schema_is_served(serve_board: Any) -> None:
    client = serve_board(weights=Weights(mutation=0, scalar=0, object=0))
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "S") { id } }')
    schema = served_schema()
    query = schema.query_type
    assert query is not None
    client.ask(f"{{ {selection(query, 4, schema)} }}")
    assert client.admin("GET", "metrics")["unexpected_errors"] == []


def test_sdl_can_be_downloaded_without_a_token(client: Any) -> None:
    text = requests.get(f"{client.url}/get_schema?format=sdl&version=2026-10", timeout=5).text
    assert build_schema(text).query_type is not None


@pytest.mark.parametrize(
    ("document", "message", "code"),
    [
        ("{ bords { id } }", "Field 'bords' doesn't exist on type 'Query'", "undefinedField"),
        (
            "{ boards(idz: [1]) { id } }",
            "Field 'boards' doesn't accept argument 'idz'",
            "argumentNotAccepted",
        ),
        (
            "mutation { create_item(board_id: 10) { id } }",
            "Field 'create_item' is missing required arguments: item_name",
            "missingRequiredArguments",
        ),
        ("{ boards { id ", "Parse error on", "parseError"),
        ("{ boards }", "Field must have selections (field 'boards'", "selectionMismatch"),
        ("{ boards(ids: $x) { id } }", "Variable $x is used but not declared", "variableNotDefined"),
        ("query($x: [ID!]) { boards { id } }", "Variable $x is declared but not used", "variableNotUsed"),
        ("query($x: ID!) { boards(ids: [$x]) { id } }", "Variable '$x'", "variableInvalid"),
        ("query($x: String) { boards(ids: $x) { id } }", "Type mismatch on variable $x", "variableMismatch"),
        (
            "mutation { duplicate_board(board_id: 10) { is_async } }",
            "Field 'duplicate_board' doesn't exist",
            "undefinedField",
        ),
    ],
)
def test_what_is_not_in_the_schema_is_refused_in_mondays_words(
    client: Any, document: str, message: str, code: str
) -> None:
    response = client.post(document)
    answer = response.json()
    assert response.status_code == 200
    assert "data" not in answer
    assert answer["errors"][0]["message"].startswith(message)
    assert answer["errors"][0]["extensions"]["code"] == code
    assert answer["extensions"]["request_id"]


def test_static_error_runs_nothing_of_the_request(client: Any) -> None:
    client.post('mutation { a: create_item(board_id: 10, item_name: "x") { id } b: nothing { id } }')
    assert client.ask("{ boards(ids: [10]) { items_count } }")["boards"][0]["items_count"] == 3


def test_json_arguments_are_json_encoded_strings(client: Any) -> None:
    document = 'mutation($v: JSON) { create_item(board_id: 10, item_name: "x", column_values: $v) { id } }'
    assert client.error(document, {"v": {"text": "object"}})["extensions"]["code"] == "variableInvalid"
