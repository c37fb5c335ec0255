"""The served schema: the SDL file with resolvers put on its fields."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, cast

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    assert_valid_schema,
    build_schema,
)

from monday_sandbox.columns import TYPES
from monday_sandbox.columns.codec import View, text_of, value_json
from monday_sandbox.file_fields import FILE_RESOLVERS, file_kind
from monday_sandbox.resolvers import MUTATION_FIELDS, RESOLVERS


def sdl() -> str:
    """Return the text of the served schema."""
    return files("monday_sandbox").joinpath("schema.graphql").read_text(encoding="utf-8")


@cache
def served_schema() -> GraphQLSchema:
    """Build the schema once; it holds no state."""
    schema = build_schema(sdl())
    assert_valid_schema(schema)
    cast(GraphQLScalarType, schema.type_map["JSON"]).coerce_input_value = _json_text
    for type_name, fields in (RESOLVERS | FILE_RESOLVERS).items():
        for name, resolve in fields.items():
            _object(schema, type_name).fields[name].resolve = resolve
    for name, resolve in MUTATION_FIELDS.items():
        _object(schema, "Mutation").fields[name].resolve = resolve
    for codec in TYPES.values():
        if codec.graphql is not None:
            _cells(_object(schema, codec.graphql), dict(codec.fields))
    cast(GraphQLInterfaceType, schema.type_map["ColumnValue"]).resolve_type = _value_type
    files_union = cast(GraphQLUnionType, schema.type_map["FileValueItem"])
    files_union.resolve_type = lambda entry, info, abstract: file_kind(entry)
    return schema


def _json_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("JSON is sent as a JSON-encoded string")
    return value


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    return cast(GraphQLObjectType, schema.type_map[name])


COMMON = {
    "id": lambda view: view.column.id,
    "column": lambda view: view.column,
    "type": lambda view: view.column.type,
    "text": text_of,
    "value": value_json,
    "is_leaf": lambda view: True,
}


def _cells(kind: GraphQLObjectType, readers: dict[str, Any]) -> None:
    """Put the readers of a column type on its value type."""
    for name, field in kind.fields.items():
        field.resolve = _reader(COMMON.get(name) or readers[name])


def _reader(read: Any) -> Any:
    return lambda view, info: read(view)


def _value_type(view: View, info: Any, abstract: Any) -> str:
    return cast(str, view.codec.graphql)
