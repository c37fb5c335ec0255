"""`opus-sync sandbox serve`: the local stand-in for monday.com, with the project's boards."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from monday_sandbox import Options, SeedError, load_seed, serve
from opus_sync.errors import OpusError, UsageError
from opus_sync.invocation import Result
from opus_sync.log import Log

_EMPTY = {
    "account": {"id": "1", "name": "Sandbox"},
    "users": [{"id": "1", "name": "Sandbox", "email": "sandbox@example.com"}],
}


def run(
    *,
    log: Log,
    project_dir: Path,
    port: int,
    seed: Path | None = None,
    empty: bool = False,
    state: Path | None = None,
    settings: Iterable[str] = (),
) -> Result:
    """Serve until interrupted; raises UsageError for a bad option or seed, OpusError for a port that is taken."""
    folder = seed or project_dir / "seeds" / "sandbox"
    if not empty and not folder.exists():
        raise UsageError(f"{folder} does not exist", "Name a folder of boards with --seed, or start with --empty.")

    def announce(url: str) -> None:
        page = url.removesuffix("/v2") + "/"
        log.note(f"The sandbox answers at {url} and shows its boards at {page}. Ctrl-C ends it.")

    try:
        options = Options().changed(dict(map(_setting, settings)))
        serve(_EMPTY if empty else load_seed([folder]), options, port=port, state_file=state, announce=announce)
    except (SeedError, ValueError) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise OpusError(
            f"port {port} cannot be opened: {error.strerror}",
            "Choose another with --port; --port 0 takes a free one.",
        ) from error
    return Result(0, "The sandbox has stopped.")


def _setting(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--option {text}: expected NAME=VALUE", "docs/sandbox.md lists the names.")
    return name.strip(), yaml.safe_load(value)
