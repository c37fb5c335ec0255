"""A stand-in that answers at once: one page of the sandbox's own, given again and again under other ids.

What the sandbox takes to make a page of 500 items would otherwise drown what the runner takes to read it.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import requests

from monday_sandbox import Options, running

PAGE = 500
BOARD_ID = 8709134353
_WAIT = 60
LONG_AGO = "2020-01-01T08:00:00Z"
UNLIMITED = Options(complexity_per_minute=10**9, requests_per_minute=10**9, calls_per_day=10**9)
_LABELS = {"labels": [{"id": 11 + number, "label": f"Label {number}"} for number in range(8)]}
# Column type -> settings and the cell of an item, by its number.
_TYPES: dict[str, tuple[dict[str, Any], Any]] = {
    "text": ({}, lambda n: f"ORDER {n} of the season"),
    "numbers": ({}, lambda n: f"{n * 7}.5"),
    "status": (_LABELS, lambda n: {"index": 11 + n % 8}),
    "date": ({}, lambda n: {"date": f"2026-11-{1 + n % 28:02d}", "time": "09:30:00"}),
    "people": ({}, lambda n: {"personsAndTeams": [{"id": 101 + n % 20, "kind": "person"}]}),
    "dropdown": (_LABELS, lambda n: {"ids": [11 + n % 8, 11 + (n + 3) % 8]}),
    "timeline": ({}, lambda n: {"from": "2026-03-01", "to": f"2026-03-{2 + n % 28:02d}"}),
    "checkbox": ({}, lambda n: {"checked": "true"} if n % 2 else None),
    "email": ({}, lambda n: {"email": f"buyer{n}@example.com", "text": f"Buyer {n}"}),
    "long_text": ({}, lambda n: {"text": f"Remarks on order {n}: ship early, pack flat."}),
}
COLUMNS = [(f"{kind}_{number}", kind) for number in range(4) for kind in _TYPES]
"""Id and type of forty columns."""


def write_contract(boards: Path, width: int = len(COLUMNS)) -> None:
    """Write the contract of the board, in place of all others; of so many columns."""
    for file in boards.glob("*.yml"):
        file.unlink()
    columns = [
        {"name": column_id, "config": {"meta": {"monday": {"id": column_id, "type": kind}}}}
        for column_id, kind in COLUMNS[:width]
    ]
    meta = {"entity": "items", "board_id": BOARD_ID, "key": "text_0"}
    model = {"name": "mon_orders", "config": {"meta": {"monday": meta}}, "columns": columns}
    # JSON is YAML.
    (boards / "orders.yml").write_text(json.dumps({"version": 2, "models": [model]}, indent=1), "utf-8")


def seed(items: int, width: int = len(COLUMNS)) -> dict[str, Any]:
    """Return the board with so many items and columns, as the sandbox takes it."""
    made = {"group": "topics", "created_at": LONG_AGO, "updated_at": LONG_AGO}
    return {
        "account": {"id": "7001", "name": "Bench"},
        "users": [{"id": str(101 + n), "name": f"Buyer {n}", "email": f"b{n}@example.com"} for n in range(20)],
        "boards": [
            {
                "id": str(BOARD_ID),
                "name": "Orders",
                "items_limit": 1_000_000,
                "groups": [{"id": "topics", "title": "Orders"}],
                "columns": [
                    {"id": column_id, "title": column_id, "type": kind, "settings": _TYPES[kind][0]}
                    for column_id, kind in COLUMNS[:width]
                ],
                "items": [
                    {
                        "id": str(900_000_000 + n),
                        "name": f"AAG-{n}",
                        "values": {
                            column_id: value
                            for column_id, kind in COLUMNS[:width]
                            if (value := _TYPES[kind][1](n)) is not None
                        },
                    }
                    | made
                    for n in range(items)
                ],
            }
        ],
    }


@contextmanager
def quick_board(pages: int) -> Iterator[str]:
    """Serve so many pages in a process of its own while the block runs; GET <address>/<number> returns a page."""
    context = multiprocessing.get_context("spawn")
    inbox, outbox = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(pages, outbox), daemon=True)
    process.start()
    try:
        if not inbox.poll(_WAIT):
            raise RuntimeError("the stand-in did not start")
        yield inbox.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pages: int, outbox: Connection) -> None:
    with running(seed(PAGE), UNLIMITED) as sandbox:
        handler = type("Handler", (_Handler,), {"pages": pages, "url": sandbox.url})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        outbox.send(f"http://127.0.0.1:{server.server_address[1]}/v2")
        server.serve_forever()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    pages: int
    url: str
    items: bytes = b""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        cursor = asked["variables"].get("cursor")
        if cursor is not None:
            self._send(self._page(int(cursor)))
            return
        headers = {name: self.headers[name] for name in ("Content-Type", "Authorization", "API-Version")}
        answer = requests.post(self.url, data=body, headers=headers, timeout=_WAIT).json()
        data = answer["data"]
        if "boards" in data:
            data["boards"][0]["items_count"] = self.pages * PAGE
            if "items_page" in data["boards"][0]:
                items = data["boards"][0]["items_page"]["items"]
                type(self).items = json.dumps(items, separators=(",", ":")).encode()
                data["boards"][0]["items_page"]["cursor"] = "1"
        self._send(json.dumps(answer, separators=(",", ":")).encode())

    def do_GET(self) -> None:
        self._send(self._page(int(self.path.rpartition("/")[2])))

    def _page(self, number: int) -> bytes:
        """Return a page as the answer to a query for the next one: the ids of its items bear its number."""
        cursor = b"null" if number == self.pages - 1 else b'"%d"' % (number + 1)
        items = self.items.replace(b'"id":"90000', b'"id":"9%04d' % number)
        complexity = b'{"query":300000,"after":900000000,"reset_in_x_seconds":60}'
        count = b'[{"items_count":%d}]' % (self.pages * PAGE)
        return b'{"data":{"complexity":%b,"next_items_page":{"cursor":%b,"items":%b},"boards":%b}}' % (
            complexity, cursor, items, count,
        )  # fmt: skip

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""
