"""The routes of the page: its files, and the JSON that it asks for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiohttp import web

from monday_sandbox.page.activity import activity_json
from monday_sandbox.page.boards import boards_json
from monday_sandbox.wire import json_text

if TYPE_CHECKING:
    from monday_sandbox.sandbox import Sandbox

FILES = {"page.css": "text/css", **dict.fromkeys(("main.js", "board.js", "cells.js", "activity.js"), "text/javascript")}
# Scripts and styles come from these files alone: a title that slipped through as markup could do nothing.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page_routes(app: web.Application, sandbox: Sandbox) -> None:
    """Add the page of a sandbox."""

    async def now(request: web.Request) -> web.Response:
        return _json({"version": sandbox.version} | sandbox.limits.used(sandbox.clock.now()))

    async def boards(request: web.Request) -> web.Response:
        return _json(boards_json(sandbox, request.query.get("board")))

    async def activity(request: web.Request) -> web.Response:
        return _json(activity_json(sandbox, request.query.get("board")))

    app.router.add_get("/", _page)
    app.router.add_get("/_page/now", now)
    app.router.add_get("/_page/boards", boards)
    app.router.add_get("/_page/activity", activity)
    app.router.add_get("/_page/files/{name}", _file)


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=_text("page.html"), content_type="text/html", headers=HEADERS)


async def _file(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in FILES:
        raise web.HTTPNotFound
    return web.Response(text=_text(name), content_type=FILES[name], headers=HEADERS)


@cache
def _text(name: str) -> str:
    return (files("monday_sandbox") / "page" / "files" / name).read_text(encoding="utf-8")


def _json(body: Any) -> web.Response:
    return web.Response(text=json_text(body), content_type="application/json", headers=HEADERS)
