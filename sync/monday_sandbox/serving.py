"""Ways to serve a sandbox: blocking for the command line, in the background for tests."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from monday_sandbox.dump import write_state
from monday_sandbox.errors import SeedError
from monday_sandbox.options import Options
from monday_sandbox.sandbox import Sandbox
from monday_sandbox.server import application


@dataclass(frozen=True)
class Running:
    """A sandbox that is being served: `url` is the GraphQL endpoint, `base` the address before /v2.

    `accounts` are the further ones by token.
    """

    base: str
    sandbox: Sandbox
    accounts: Mapping[str, Sandbox] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The GraphQL endpoint."""
        return f"{self.base}/v2"


def serve(
    seed: Mapping[str, Any],
    options: Options | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    state_file: str | Path | None = None,
    announce: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` gets the endpoint once it is open (port 0: a free one).

    With `state_file` the state is taken from it when it exists, and written to it after every mutation.
    Raises SeedError for a seed or state that cannot be served, OSError for a port that is taken.
    """
    sandbox = Sandbox(_start(seed, state_file), options)
    if state_file is not None:
        path = Path(state_file)
        sandbox.on_change = lambda: write_state(path, sandbox.state())
    asyncio.run(_serve(sandbox, host, port, announce))


def _start(seed: Mapping[str, Any], state_file: str | Path | None) -> Mapping[str, Any]:
    if state_file is None or not Path(state_file).exists():
        return seed
    try:
        state = json.loads(Path(state_file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise SeedError(f"{state_file}: cannot be read as a state: {wrong}") from wrong
    if not isinstance(state, dict):
        raise SeedError(f"{state_file}: is not a state of the sandbox")
    return state


async def _open(
    sandbox: Sandbox, host: str, port: int, accounts: Mapping[str, Sandbox] | None = None
) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(application(sandbox, accounts), access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0]
    shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
    return runner, f"http://{shown}:{bound[1]}"


async def _serve(sandbox: Sandbox, host: str, port: int, announce: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    runner, base = await _open(sandbox, host, port)
    try:
        announce(f"{base}/v2")
        await stop.wait()
    finally:
        await runner.cleanup()


@contextmanager
def running(
    seed: Mapping[str, Any],
    options: Options | None = None,
    port: int = 0,
    accounts: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[Running]:
    """Serve a sandbox on loopback in a background thread while the block runs.

    `accounts` holds token -> seed of further accounts: each has boards, limits and a log of its own, and answers the
    callers with its token.
    """
    sandbox = Sandbox(seed, options)
    further = {token: Sandbox(own, options) for token, own in (accounts or {}).items()}
    started = threading.Event()
    opened: dict[str, Any] = {}

    async def main() -> None:
        opened["stop"], opened["loop"] = asyncio.Event(), asyncio.get_running_loop()
        runner, opened["base"] = await _open(sandbox, "127.0.0.1", port, further)
        started.set()
        try:
            await opened["stop"].wait()
        finally:
            await runner.cleanup()

    def work() -> None:
        try:
            asyncio.run(main())
        except OSError as wrong:
            opened["error"] = wrong
        finally:
            started.set()

    thread = threading.Thread(target=work, name="monday-sandbox", daemon=True)
    thread.start()
    started.wait()
    if "base" not in opened:
        raise opened.get("error") or RuntimeError("the sandbox did not start")
    try:
        yield Running(opened["base"], sandbox, further)
    finally:
        opened["loop"].call_soon_threadsafe(opened["stop"].set)
        thread.join(10)
