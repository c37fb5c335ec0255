"""One GraphQL request: parsing, static checks, cost, and the run itself."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeGuard

from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    execute,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from monday_sandbox.actor import Actor
from monday_sandbox.complexity import arguments_of, root_fields
from monday_sandbox.errors import ApiError
from monday_sandbox.faults import Fault, Sent, poisoned
from monday_sandbox.limits import Budget, Limits
from monday_sandbox.model import User
from monday_sandbox.schema import served_schema
from monday_sandbox.static import static_error

if TYPE_CHECKING:
    from monday_sandbox.clock import SandboxClock
    from monday_sandbox.faults import Faults
    from monday_sandbox.options import Options
    from monday_sandbox.pages import Cursors
    from monday_sandbox.store import Store


class StaticError(Exception):
    """The document cannot run; `errors` is ready for the answer."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


@dataclass(frozen=True)
class Prepared:
    """A document that passed the static checks, with its variables."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    raw_variables: dict[str, Any]
    text: str

    @property
    def kind(self) -> str:
        """Return `query` or `mutation`."""
        return str(self.operation.operation.value)

    def sent(self) -> Sent:
        """Return what faults look at."""
        names = tuple(node.name.value for node in root_fields(self.operation, self.fragments))
        return Sent(self.kind, names, f"{self.text}\n{self.raw_variables}")

    def aliases(self) -> list[tuple[str, str, dict[str, Any]]]:
        """List response key, field name and arguments of each root field, in order."""
        return [
            (
                node.alias.value if node.alias else node.name.value,
                node.name.value,
                arguments_of(node, self.variables),
            )
            for node in root_fields(self.operation, self.fragments)
        ]


@lru_cache(maxsize=256)
def _checked(text: str) -> DocumentNode:
    """Parse and validate a document; the same text is checked once."""
    try:
        document = parse(text)
    except GraphQLError as wrong:
        raise StaticError([static_error(wrong)]) from None
    errors = validate(served_schema(), document)
    if errors:
        raise StaticError([static_error(error) for error in errors])
    return document


def prepare(text: str, variables: dict[str, Any], operation_name: str | None) -> Prepared:
    """Check a document and its variables; raises StaticError."""
    document = _checked(text)
    operation = get_operation_ast(document, operation_name)
    if operation is None:
        message = "Must provide operation name if query contains multiple operations"
        raise StaticError([{"message": message, "extensions": {"code": "parseError"}}])
    values = get_variable_values(served_schema(), operation.variable_definitions or (), variables)
    if isinstance(values, list):
        raise StaticError([static_error(error) for error in values])
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    return Prepared(document, operation, fragments, dict(values.coerced), variables, text)


@dataclass
class Run:
    """What resolvers see of the request they belong to."""

    store: Store
    options: Options
    cursors: Cursors
    clock: SandboxClock
    faults: Faults
    now: float
    version: str
    budget: Budget
    limits: Limits
    waited: float
    partial: Fault | None = None
    timed_out: bool = False
    executed: int = 0
    unexpected: list[str] = field(default_factory=list)
    _begun: int = 0
    _failed: bool = False

    def me(self) -> User:
        """Return the user whom tokens stand for: the option `user`, else the first."""
        return self.store.user(self.options.user or next(iter(self.store.users)))

    async def mutate(self, alias: str, carry_out: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
        """Carry out one root field of a mutation, after what its turn takes and unless a fault stops it."""
        position, self._begun = self._begun, self._begun + 1
        if self.options.latency_per_alias:
            await asyncio.sleep(self.clock.real(self.options.latency_per_alias))
            self.waited += self.options.latency_per_alias
        # Only latency that was asked for counts: on a fast clock the sandbox's own work would look long.
        self.timed_out = self.timed_out or self.waited > self.options.request_timeout
        if self.timed_out or (self._failed and not self.options.later_aliases_run):
            return None
        partial = self.partial if self.partial is not None and position >= self.partial.from_alias else None
        try:
            if partial is not None and partial.scope != "silent":
                raise _field_limit()
            self._refuse_poison(alias, arguments)
            done = carry_out(Actor(self.store, self.options, self.me().id, self.clock.now()), **arguments)
        except ApiError:
            self._failed = True
            raise
        self.executed += 1
        return None if partial is not None else done

    def _refuse_poison(self, alias: str, arguments: Mapping[str, Any]) -> None:
        for fault in self.faults.poisons():
            if fault.scope == "alias" and poisoned(fault, alias, arguments):
                self.faults.note(fault)
                raise ApiError(fault.code or "INTERNAL_SERVER_ERROR", "Internal server error", status=fault.status)


def _field_limit() -> ApiError:
    error = ApiError("FIELD_LIMIT_EXCEEDED", "Field limit exceeded", status=429, data={"entity": "items"})
    error.extensions["retry_in_seconds"] = 15
    return error


async def run_prepared(prepared: Prepared, run: Run) -> dict[str, Any]:
    """Run a document and return `data` and, where something failed, `errors`."""
    outcome = execute(
        served_schema(),
        prepared.document,
        context_value=run,
        variable_values=prepared.raw_variables,
        operation_name=prepared.operation.name.value if prepared.operation.name else None,
        # Only mutations wait; not asking each of a page's 80,000 values saves a sixth of the time.
        is_awaitable=None if prepared.kind == "mutation" else _never,
    )
    result: ExecutionResult = await _settled(outcome) if isawaitable(outcome) else outcome
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_entry(error, run) for error in result.errors]
    return answer


def _never(value: Any) -> TypeGuard[Awaitable[Any]]:
    return False


async def _settled(outcome: Awaitable[ExecutionResult]) -> ExecutionResult:
    return await outcome


def _entry(error: GraphQLError, run: Run) -> dict[str, Any]:
    """Return one entry of `errors[]`; what nobody foresaw reads as an internal error."""
    entry: dict[str, Any] = {"message": error.message}
    if error.locations:
        entry["locations"] = [{"line": spot.line, "column": spot.column} for spot in error.locations]
    if error.path:
        entry["path"] = list(error.path)
    if isinstance(error.original_error, ApiError):
        entry["extensions"] = error.original_error.extensions
    else:
        run.unexpected.append("".join(traceback.format_exception(error.original_error or error)))
        entry["message"] = "Internal server error"
        entry["extensions"] = {"code": "INTERNAL_SERVER_ERROR", "status_code": 500, "error_data": {}}
    return entry
