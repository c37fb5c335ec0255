"""The admin routes below /_sandbox/."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from monday_sandbox.errors import SeedError
from monday_sandbox.sandbox import Sandbox
from monday_sandbox.wire import json_text

Handler = Callable[[web.Request], Awaitable[web.Response]]


def admin_routes(app: web.Application, sandbox: Sandbox) -> None:
    """Add the admin routes; a wrong body is answered with 400 and what is wrong."""
    routes: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
        ("GET", "state", lambda body: sandbox.state()),
        ("GET", "metrics", lambda body: sandbox.counters()),
        ("GET", "options", lambda body: sandbox.options.as_json()),
        ("POST", "reset", lambda body: _reset(sandbox)),
        ("POST", "load", lambda body: _load(sandbox, body)),
        ("POST", "options", lambda body: _configure(sandbox, body)),
        ("PATCH", "options", lambda body: _configure(sandbox, body)),
        ("POST", "clock", lambda body: _advance(sandbox, body)),
    )
    for method, name, act in routes:
        app.router.add_route(method, f"/_sandbox/{name}", _handler(act))


def _handler(act: Callable[[Any], Any]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        try:
            return _json(act(json.loads(body) if body else {}))
        except (SeedError, ValueError, TypeError) as wrong:
            return _json({"error": str(wrong)}, 400)

    return handle


def _reset(sandbox: Sandbox) -> dict[str, bool]:
    sandbox.reset()
    return {"ok": True}


def _load(sandbox: Sandbox, body: Any) -> dict[str, bool]:
    if not isinstance(body, dict):
        raise ValueError("a seed is an object with account, users, teams, tags and boards")
    sandbox.load(body)
    return {"ok": True}


def _configure(sandbox: Sandbox, body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise ValueError("options are an object by option name")
    sandbox.configure(body)
    return sandbox.options.as_json()


def _advance(sandbox: Sandbox, body: Any) -> dict[str, float]:
    if not isinstance(body, dict) or not isinstance(body.get("advance"), (int, float)):
        raise ValueError('the clock takes {"advance": seconds}')
    sandbox.clock.advance(float(body["advance"]))
    return {"sandbox_time": sandbox.clock.now()}


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(text=json_text(body), status=status, content_type="application/json")
