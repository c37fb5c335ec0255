"""The dbt target: project, profile and adapter, loaded by dbt itself.

dbt is imported inside the functions, since that takes longer than most commands.
"""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opus_sync.clock import Clock, SystemClock
from opus_sync.errors import UsageError
from opus_sync.warehouse.adapter_warehouse import AdapterWarehouse
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.dialect import Dialect
from opus_sync.warehouse.duckdb import DuckDB
from opus_sync.warehouse.postgres import Postgres
from opus_sync.warehouse.sqlserver import SqlServer

_DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "duckdb": DuckDB,
    "postgres": Postgres,
    "sqlserver": SqlServer,
}
_CONTRACTS = "boards"
_EXTRAS = ("postgres", "sqlserver")
_NO_ADAPTER = re.compile(r"Could not find adapter type (\w+)")


@dataclass(frozen=True)
class Target:
    """One target of the project's profile.

    `variables` are the vars that dbt's `var()` would find, `models_dir` is where models go that are no contracts.
    """

    name: str
    profile: str
    profiles_dir: Path
    adapter_type: str
    models_dir: Path
    variables: Mapping[str, Any]
    config: Any = field(repr=False)


def load_target(
    root: Path,
    profiles_dir: Path | None = None,
    profile: str | None = None,
    target: str | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Target:
    """Load project and profile as dbt does.

    Raises UsageError when there is no project here, or no such profile or target.
    """
    if not (root / "dbt_project.yml").is_file():
        raise UsageError(
            f"there is no dbt_project.yml in {root}", "run this inside a dbt project, or give --project-dir"
        )
    from dbt.config.runtime import RuntimeConfig
    from dbt_common.events.event_manager_client import cleanup_event_logger
    from dbt_common.exceptions import DbtBaseException

    # dbt announces adapters on stdout, which is the result's.
    cleanup_event_logger()
    folder = _profiles_dir(root, profiles_dir)
    _set_dbt_flags(root, folder)
    given = dict(variables or {})
    arguments = Namespace(
        project_dir=str(root),
        profiles_dir=str(folder),
        profile=profile,
        target=target,
        vars=given,
        threads=None,
    )
    try:
        config = RuntimeConfig.from_args(arguments)
    except (DbtBaseException, ImportError) as error:
        if missing := _missing_adapter(error):
            raise missing from None
        raise UsageError(
            f"dbt cannot load the project in {root}: {_without_heading(error)}",
            f"see {folder / 'profiles.yml'} and the options --profile, --target and --profiles-dir",
        ) from None
    declared = config.vars.to_dict()
    return Target(
        name=config.target_name,
        profile=config.profile_name,
        profiles_dir=folder,
        adapter_type=config.credentials.type,
        models_dir=root / next((path for path in config.model_paths if path != _CONTRACTS), "models"),
        variables={**declared, **(declared.get(config.project_name) or {}), **given},
        config=config,
    )


def open_warehouse(
    target: Target, root: Path, schema: str, clock: Clock | None = None, read_schema: str | None = None
) -> Warehouse:
    """Return the warehouse of a target; nothing is opened yet.

    `schema` is the runner's; with another `read_schema` it reads the runner's tables there, and appends nothing.
    """
    from dbt.adapters.factory import get_adapter, register_adapter, reset_adapters
    from dbt.mp_context import get_mp_context

    kind = _DIALECTS.get(target.adapter_type)
    if kind is None:
        raise _unknown(target.adapter_type, target.name)
    dialect = kind()
    credentials = target.config.credentials
    dialect.prepare(credentials, root)
    reset_adapters()
    register_adapter(target.config, get_mp_context())
    adapter = get_adapter(target.config)
    return AdapterWarehouse(adapter, credentials, dialect, schema, read_schema or schema, clock or SystemClock())


def _set_dbt_flags(root: Path, profiles_dir: Path) -> None:
    """Give dbt the few flags that loading a project asks for, and the environment that `env_var` reads.

    dbt's own way builds its whole command line for that, which takes half a second more.
    """
    from dbt.flags import set_flags
    from dbt_common.context import set_invocation_context

    class Flags(Namespace):
        def __getattr__(self, name: str) -> None:
            return None

    set_flags(Flags(VERSION_CHECK=True, PROJECT_DIR=str(root), PROFILES_DIR=str(profiles_dir)))
    set_invocation_context(os.environ)


def _profiles_dir(root: Path, given: Path | None) -> Path:
    """Return where profiles.yml is: as given, as the environment says, here, the project, the home."""
    from_environment = os.environ.get("DBT_PROFILES_DIR")
    if given or from_environment:
        return Path(given or from_environment or "").absolute()
    here = [folder for folder in (Path.cwd(), root) if (folder / "profiles.yml").is_file()]
    return here[0].absolute() if here else Path.home() / ".dbt"


def _missing_adapter(error: Exception) -> UsageError | None:
    """Return what to install where dbt finds no adapter of the target's type, or not all of it."""
    found = _NO_ADAPTER.search(str(error))
    if found is None and not isinstance(error, ImportError):
        return None
    kind = found.group(1) if found else None
    if kind not in (None, *_DIALECTS):
        return _unknown(kind)
    what = f"dbt's adapter for {kind} is not installed" if kind else f"dbt's adapter cannot be loaded: {error}"
    extras = " or ".join(f'`pip install "opus-sync[{kind}]"`' for kind in ([kind] if kind else _EXTRAS))
    return UsageError(what, f"run {extras}")


def _unknown(kind: str | None, target: str | None = None) -> UsageError:
    return UsageError(
        f"the target {target!r} is a {kind} warehouse" if target else f"the target is a {kind} warehouse",
        f"opus-sync works with {', '.join(_DIALECTS)}: choose another target with --target",
    )


def _without_heading(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[1:] if len(lines) > 1 and lines[0].endswith("Error") else lines)
