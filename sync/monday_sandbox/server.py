"""The HTTP side: /v2, the admin routes and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from monday_sandbox.admin import admin_routes
from monday_sandbox.page import page_routes
from monday_sandbox.sandbox import Sandbox
from monday_sandbox.schema import sdl
from monday_sandbox.wire import Incoming, json_text

# Seeds that are loaded can be large; /v2 has a limit of its own.
BODY_LIMIT = 1024**3
SANDBOX: web.AppKey[Sandbox] = web.AppKey("sandbox", Sandbox)
ACCOUNTS: web.AppKey[Mapping[str, Sandbox]] = web.AppKey("accounts", Mapping)


def application(sandbox: Sandbox, accounts: Mapping[str, Sandbox] | None = None) -> web.Application:
    """Return the web application of a sandbox; `accounts` are further ones, each for the callers with its token.

    The page and the admin routes are those of the first.
    """
    app = web.Application(client_max_size=BODY_LIMIT)
    app[SANDBOX], app[ACCOUNTS] = sandbox, accounts or {}
    app.router.add_post("/v2", _graphql)
    app.router.add_get("/v2/get_schema", _schema)
    admin_routes(app, sandbox)
    page_routes(app, sandbox)
    return app


async def _graphql(request: web.Request) -> web.Response:
    headers = {name.lower(): value for name, value in request.headers.items()}
    account = request.app[ACCOUNTS].get(headers.get("authorization", ""), request.app[SANDBOX])
    reply = await account.answer(Incoming(headers, await request.read()))
    if reply.dropped:
        # A closed connection without a byte is what a lost answer looks like to the client.
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    return json_response(reply.body, reply.status, reply.headers)


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return a JSON response."""
    return web.Response(text=json_text(body), status=status, headers=headers, content_type="application/json")


async def _schema(request: web.Request) -> web.Response:
    if request.query.get("format", "sdl") != "sdl":
        return json_response({"error": "only format=sdl is served"}, 400)
    return web.Response(text=sdl(), content_type="text/plain")
