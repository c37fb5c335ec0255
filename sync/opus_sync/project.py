"""The dbt project that a command works on: its target, settings, boards, warehouse, and the way to monday."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from opus_sync.contract import Board, load_boards, select_boards
from opus_sync.errors import Refused, UsageError
from opus_sync.invocation import Invocation
from opus_sync.monday.endpoint import DEFAULT_ENDPOINT, Token, is_loopback, normalised
from opus_sync.settings import NAMES, Settings
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.dbt_command import Dbt
from opus_sync.warehouse.target import Target, load_target, open_warehouse

ENDPOINT_VARIABLE = "MONDAY_API_URL"
TOKEN_VARIABLE = "MONDAY_API_TOKEN"  # noqa: S105 (a variable's name)
LIVE_TARGETS_VAR = "opus_live_targets"
APPROVAL_VAR = "opus_require_approval"
REHEARSALS_VAR = "opus_rehearsals"
_SCHEMA_VAR, _READ_SCHEMA_VAR, _SETTINGS_VAR = "opus_schema", "opus_read_schema", "opus"
BOARDS_DIR = "boards"


@dataclass(frozen=True)
class Project:
    """One project on one target. `runner_schema` is where the runner appends; `rehearsed` is the target whose boards
    this one is a copy of, None for a target that is no rehearsal.

    `read_schema` is where the runner's tables are read: where it is another, nothing is appended.

    The warehouse is set up when it is first asked for, and open only while one of its calls runs.
    """

    root: Path
    target_name: str
    runner_schema: str
    read_schema: str
    variables: Mapping[str, Any]
    settings: Settings
    models_dir: Path
    live_targets: tuple[str, ...]
    require_approval: tuple[str, ...]
    rehearsed: str | None
    dbt: Dbt
    invocation: Invocation = field(repr=False)
    _target: Target = field(repr=False)

    def boards(self) -> tuple[Board, ...]:
        """Return the enabled boards that the invocation selects.

        Raises ConfigurationError with every problem of every contract.
        """
        return select_boards(self._contracts, self.invocation.select, self.invocation.exclude)

    def known_boards(self, *, listed: bool = True) -> tuple[Board, ...]:
        """Return every board that has a contract, those that are not enabled included.

        Raises ConfigurationError with every problem; `listed` holds the var `opus_boards` against the contracts.
        """
        variables = self.variables if listed else {}
        found = load_boards(self.root / BOARDS_DIR, variables=variables, known_settings=NAMES)
        if self.rehearsed is None:
            return found
        return tuple(board.rehearsed(self.target_name, self.rehearsed) for board in found)

    def of_account(self, account: str | None) -> frozenset[str]:
        """Return the names of all boards whose contracts name an account, None for the one that needs no name."""
        return frozenset(board.name for board in self._contracts if board.account == account)

    def settings_for(self, board: Board) -> Settings:
        """Return the settings for a board: the project's, the board's over them, the command line's over all."""
        return _with_threads(self.settings.overridden(board.settings, board.file), self.invocation)

    @cached_property
    def _contracts(self) -> tuple[Board, ...]:
        return self.known_boards()

    @cached_property
    def warehouse(self) -> Warehouse:
        """The warehouse of the target."""
        return open_warehouse(self._target, self.root, self.runner_schema, read_schema=self.read_schema)

    @cached_property
    def warehouse_login(self) -> str | None:
        """As whom the warehouse knows us, None where it knows nobody."""
        return self.warehouse.login()

    @property
    def endpoint(self) -> str:
        """The address of the API, from the environment.

        Raises Refused where the target is a rehearsal and the address is not on this machine.
        """
        given = os.environ.get(ENDPOINT_VARIABLE) or DEFAULT_ENDPOINT
        try:
            endpoint = normalised(given)
        except ValueError as error:
            raise UsageError(
                f"{ENDPOINT_VARIABLE} cannot be used: {error}",
                f"set it to an address such as {DEFAULT_ENDPOINT}",
            ) from None
        if self.rehearsed is not None and not is_loopback(endpoint):
            raise Refused(
                f"the target {self.target_name!r} rehearses {self.rehearsed!r} and may not speak to {endpoint}",
                f"set {ENDPOINT_VARIABLE} to a sandbox on this machine, such as http://127.0.0.1:8765/v2",
            )
        return endpoint

    def token(self, account: str | None = None) -> Token:
        """Return the token of an account, from the environment only.

        Raises Refused that names the variable to set, UsageError where that holds no token.
        """
        name = token_variable(account)
        value = os.environ.get(name, "").strip()
        if not value:
            whose = "" if account is None else f" for the account {account!r}"
            raise Refused(
                f"there is no token{whose}; nothing was sent",
                f"set {name} to a monday API token; the sandbox takes any text",
            )
        if not value.isascii() or not value.isprintable() or " " in value:
            raise UsageError(f"{name} does not hold a token", "copy it again: no spaces, no quotes, one line")
        return Token(value)


def token_variable(account: str | None = None) -> str:
    """Return the variable that holds the token of an account."""
    return TOKEN_VARIABLE if account is None else f"{TOKEN_VARIABLE}__{_shouted(account)}"


def load_project(invocation: Invocation) -> Project:
    """Load the project of an invocation.

    Raises UsageError when it, its profile or its target cannot be found, or a setting is wrong.
    """
    root = invocation.project_dir.absolute()
    target = load_target(root, invocation.profiles_dir, invocation.profile, invocation.target, invocation.variables)
    origin = "--vars" if _SETTINGS_VAR in invocation.variables else f"dbt_project.yml vars.{_SETTINGS_VAR}"
    own = target.variables.get(_SETTINGS_VAR) or {}
    if not isinstance(own, Mapping):
        raise UsageError(f"{origin} must be a map of settings", "write it as `opus: {max_batch_size: 50}`")
    runner_schema = _runner_schema(target.variables, target.name)
    return Project(
        root=root,
        target_name=target.name,
        runner_schema=runner_schema,
        read_schema=_read_schema(target.variables) or runner_schema,
        variables=target.variables,
        settings=_with_threads(Settings().overridden(own, origin), invocation),
        models_dir=target.models_dir,
        live_targets=_list_var(target.variables, LIVE_TARGETS_VAR, ("prod",)),
        require_approval=_list_var(target.variables, APPROVAL_VAR, ()),
        rehearsed=_rehearsals(target.variables).get(target.name),
        dbt=Dbt(
            root,
            target.profiles_dir,
            invocation.profile,
            invocation.target,
            invocation.variables,
            invocation.log,
        ),
        invocation=invocation,
        _target=target,
    )


def live_allowed(project: Project, endpoint: str) -> None:
    """Raise Refused unless a push from this project's target may write at the endpoint.

    This machine itself always; anything else only from the targets named in `opus_live_targets`.
    """
    if is_loopback(endpoint) or project.target_name in project.live_targets:
        return
    allowed = ", ".join(project.live_targets) or "none"
    raise Refused(
        f"the target {project.target_name!r} may not write to {endpoint}; nothing was sent",
        f"the var {LIVE_TARGETS_VAR} allows: {allowed}. Choose one of these with --target, "
        f"or set {ENDPOINT_VARIABLE} to a sandbox on this machine",
    )


def plan_file_needed(project: Project) -> None:
    """Raise Refused where this project's target sends only plans that were approved."""
    if project.target_name not in project.require_approval:
        return
    raise Refused(
        f"target {project.target_name} sends only approved plans; nothing was sent",
        "`opus-sync plan --out plan.json`, let somebody else run `opus-sync approve --plan plan.json`, "
        "then `opus-sync push --plan plan.json --live`",
    )


def _with_threads(settings: Settings, invocation: Invocation) -> Settings:
    return settings if invocation.threads is None else settings.overridden({"threads": invocation.threads}, "--threads")


def _runner_schema(variables: Mapping[str, Any], target: str) -> str:
    value = variables.get(_SCHEMA_VAR, "opus")
    if isinstance(value, Mapping):
        if target not in value:
            raise UsageError(
                f"the var {_SCHEMA_VAR} names no schema for the target {target!r}, only for {', '.join(value)}",
                "add the target to it, or choose another with --target",
            )
        value = value[target]
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"the var {_SCHEMA_VAR} must be a name, or a map of dbt targets to names; is {value!r}")
    return value


def _read_schema(variables: Mapping[str, Any]) -> str | None:
    value = variables.get(_READ_SCHEMA_VAR)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise UsageError(f"the var {_READ_SCHEMA_VAR} must be a name, is {value!r}")
    return value


def _rehearsals(variables: Mapping[str, Any]) -> Mapping[str, str]:
    value = variables.get(REHEARSALS_VAR) or {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for pair in value.items() for name in pair):
        raise UsageError(
            f"the var {REHEARSALS_VAR} must map dbt targets to the targets they rehearse, is {value!r}",
            f"write `{REHEARSALS_VAR}: {{sandbox: prod}}`",
        )
    return value


def _list_var(variables: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = variables.get(name, default)
    if not isinstance(value, (list, tuple)) or not all(isinstance(entry, str) for entry in value):
        raise UsageError(f"the var {name} must be a list of dbt targets, is {value!r}", f"write `{name}: [prod]`")
    return tuple(value)


def _shouted(account: str) -> str:
    return re.sub(r"[^A-Z0-9]", "_", account.upper())
