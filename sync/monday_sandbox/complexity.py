"""The cost of a document in complexity points, from its text and variables, before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    value_from_ast_untyped,
)

from monday_sandbox.options import Weights

FREE = frozenset({"complexity"})


class Costs:
    """Computes costs for one schema and one set of weights."""

    def __init__(self, schema: GraphQLSchema, weights: Weights) -> None:
        self._schema = schema
        self._weights = weights

    def of(
        self,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> int:
        """Return the points of an operation; `complexity` itself is free."""
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            return 0
        walk = _Walk(self._schema, self._weights, fragments, variables)
        total = 0
        for field in root_fields(operation, fragments):
            name = field.name.value
            if name in FREE:
                continue
            if operation.operation is OperationType.MUTATION or name in self._weights.fields:
                points = self._weights.fields.get(name, self._weights.mutation)
                definition = root.fields.get(name)
                if definition is not None and field.selection_set is not None:
                    points += walk.selections(field.selection_set, get_named_type(definition.type), 1)
                total += points
            else:
                total += walk.field(field, root, 1)
        return total


def root_fields(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> list[FieldNode]:
    """List the fields at the root of an operation, those in fragments included."""
    return _fields(operation.selection_set, fragments)


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> list[FieldNode]:
    found: list[FieldNode] = []
    for node in selections.selections:
        if isinstance(node, FieldNode):
            found.append(node)
        elif isinstance(node, InlineFragmentNode):
            found.extend(_fields(node.selection_set, fragments))
        elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
            found.extend(_fields(fragments[node.name.value].selection_set, fragments))
    return found


def arguments_of(field: FieldNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a field as plain values."""
    return {
        argument.name.value: value_from_ast_untyped(argument.value, dict(variables))
        for argument in field.arguments or ()
    }


class _Walk:
    def __init__(
        self,
        schema: GraphQLSchema,
        weights: Weights,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self.schema, self.weights = schema, weights
        self.fragments, self.variables = fragments, variables

    def field(self, node: FieldNode, parent: GraphQLNamedType, inherited: int) -> int:
        """Return the points of a field; `inherited` is the limit of a page for the list inside it."""
        definition = self._definition(node, parent)
        if definition is None or is_leaf_type(get_named_type(definition.type)):
            return self.weights.scalar
        times = self._times(node, definition)
        below = get_named_type(definition.type)
        inner = definition.type.of_type if is_non_null_type(definition.type) else definition.type
        if is_list_type(inner):
            times = times or (inherited if inherited > 1 else self.weights.unlimited_list)
            return times * (self.weights.object + self.selections(node.selection_set, below, 1))
        return self.weights.object + self.selections(node.selection_set, below, times or 1)

    def selections(self, selections: SelectionSetNode | None, parent: GraphQLNamedType, inherited: int) -> int:
        """Return the points of a selection; of fragments on different types the dearest counts."""
        if selections is None:
            return 0
        total = 0
        by_type: dict[str, int] = {}
        for node in selections.selections:
            if isinstance(node, FieldNode):
                total += self.field(node, parent, inherited)
                continue
            fragment = self._fragment(node)
            if fragment is None:
                continue
            condition = fragment.type_condition
            name = parent.name if condition is None else condition.name.value
            points = self.selections(fragment.selection_set, self.schema.type_map.get(name, parent), inherited)
            if name == parent.name:
                total += points
            else:
                by_type[name] = by_type.get(name, 0) + points
        return total + max(by_type.values(), default=0)

    def _fragment(self, node: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode | None:
        if isinstance(node, FragmentSpreadNode):
            return self.fragments.get(node.name.value)
        return node if isinstance(node, InlineFragmentNode) else None

    def _definition(self, node: FieldNode, parent: GraphQLNamedType) -> GraphQLField | None:
        if isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
            found: GraphQLField | None = parent.fields.get(node.name.value)
            return found
        return None

    def _times(self, node: FieldNode, definition: GraphQLField) -> int:
        """Return how many entries a field asks for: ids count, limit, whichever is less; 0 when unlimited."""
        given = arguments_of(node, self.variables)
        counts = []
        if "limit" in definition.args:
            limit = given.get("limit")
            counts.append(limit if isinstance(limit, int) else 25)
        ids = given.get("ids")
        query = given.get("query_params")
        if ids is None and isinstance(query, Mapping):
            ids = query.get("ids")
        if ids is not None:
            counts.append(len(ids) if isinstance(ids, list) else 1)
        return max(1, min(counts)) if counts else 0
