"""Errors in the text of a query, in the words and codes that monday uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError

Extensions = Callable[[re.Match[str]], dict[str, Any]]

# graphql-core's message -> monday's message and extensions.
WORDS: tuple[tuple[re.Pattern[str], str, Extensions], ...] = (
    (
        re.compile(r"Cannot query field '(?P<field>\w+)' on type '(?P<type>\w+)'"),
        "Field '{field}' doesn't exist on type '{type}'",
        lambda m: {"code": "undefinedField", "typeName": m["type"], "fieldName": m["field"]},
    ),
    (
        re.compile(r"Unknown argument '(?P<argument>\w+)' on field '\w+\.(?P<field>\w+)'"),
        "Field '{field}' doesn't accept argument '{argument}'",
        lambda m: {
            "code": "argumentNotAccepted",
            "name": m["field"],
            "typeName": "Field",
            "argumentName": m["argument"],
        },
    ),
    (
        re.compile(r"Argument '(?:\w+\.)?(?P<field>\w+)\((?P<argument>\w+):\)' of type '(?P<type>[^']+)' is required"),
        "Field '{field}' is missing required arguments: {argument}",
        lambda m: {
            "code": "missingRequiredArguments",
            "className": "Field",
            "name": m["field"],
            "arguments": m["argument"],
        },
    ),
    (
        re.compile(r"Variable '\$(?P<variable>\w+)' is not defined"),
        "Variable ${variable} is used but not declared",
        lambda m: {"code": "variableNotDefined", "variableName": m["variable"]},
    ),
    (
        re.compile(r"Variable '\$(?P<variable>\w+)' is never used"),
        "Variable ${variable} is declared but not used",
        lambda m: {"code": "variableNotUsed", "variableName": m["variable"]},
    ),
    (
        re.compile(
            r"Variable '\$(?P<variable>\w+)' of type '(?P<type>[^']+)'"
            r" used in position expecting type '(?P<want>[^']+)'"
        ),
        "Type mismatch on variable ${variable} ({type} / {want})",
        lambda m: {"code": "variableMismatch", "variableName": m["variable"], "typeName": m["type"]},
    ),
    (
        re.compile(r"Field '(?P<field>\w+)' of type '(?P<type>[^']+)' must have"),
        "Field must have selections (field '{field}' returns {type} but has no selections. "
        "Did you mean '{field} {{ ... }}'?)",
        lambda m: {"code": "selectionMismatch", "nodeName": f"field '{m['field']}'", "typeName": m["type"]},
    ),
    (
        re.compile(r"Field '(?P<field>\w+)' must not have a selection since type '(?P<type>[^']+)'"),
        "Selections can't be made on scalars (field '{field}' returns {type} but has selections)",
        lambda m: {"code": "selectionMismatch", "nodeName": f"field '{m['field']}'", "typeName": m["type"]},
    ),
    (
        re.compile(r"Unknown type '(?P<type>\w+)'"),
        "{type} isn't a defined type",
        lambda m: {"code": "undefinedType", "typeName": m["type"]},
    ),
    (
        re.compile(r"Unknown fragment '(?P<fragment>\w+)'"),
        "Fragment {fragment} was used, but not defined",
        lambda m: {"code": "useAndDefineFragment", "fragmentName": m["fragment"]},
    ),
    (
        re.compile(r"Fragment '(?P<fragment>\w+)' is never used"),
        "Fragment {fragment} was defined, but not used",
        lambda m: {"code": "useAndDefineFragment", "fragmentName": m["fragment"]},
    ),
    (
        re.compile(r"Fields '(?P<field>[^']+)' conflict"),
        "Field '{field}' has a conflict",
        lambda m: {"code": "fieldConflict", "fieldName": m["field"]},
    ),
    (
        re.compile(r"Unknown directive '@(?P<directive>\w+)'"),
        "Directive @{directive} is not defined",
        lambda m: {"code": "undefinedDirective", "directiveName": m["directive"]},
    ),
    (
        re.compile(r"Variable '\$(?P<variable>\w+)' (has|got) invalid value|Variable '\$\w+' of required type"),
        "{0}",
        lambda m: {"code": "variableInvalid"},
    ),
)
OTHER = "argumentLiteralsIncompatible"


def static_error(error: GraphQLError) -> dict[str, Any]:
    """Return one entry of `errors[]` for an error found before anything ran."""
    message, extensions = _words(error)
    entry: dict[str, Any] = {"message": message}
    if error.locations:
        entry["locations"] = [{"line": spot.line, "column": spot.column} for spot in error.locations]
    entry["extensions"] = extensions
    return entry


def _words(error: GraphQLError) -> tuple[str, Mapping[str, Any]]:
    if isinstance(error, GraphQLSyntaxError):
        what = error.message.removeprefix("Syntax Error: ")
        return f"Parse error on {what}", {"code": "parseError"}
    for pattern, words, extensions in WORDS:
        match = pattern.match(error.message)
        if match:
            return words.format(error.message, **match.groupdict()), extensions(match)
    return error.message, {"code": OTHER, "typeName": "Field"}
