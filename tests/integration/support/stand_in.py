"""The sandbox that the tests talk to: one server on one port, whose boards and options each test sets anew.

A warehouse is bound to the endpoint of its first pull, so a project that is built once and copied for each test
needs the same address in all of them.
"""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from monday_sandbox import Options, Running

# A wait for something that is certain to come; reached only where it does not.
PATIENCE = 60.0
# Limits of the minute and the day, so high that nothing waits for the next one.
PLENTY = 10**9
State = Mapping[str, Any]
_EDIT = """
mutation ($board: ID!, $item: ID!, $values: JSON!) {
  change_multiple_column_values(board_id: $board, item_id: $item, column_values: $values) { id }
}
"""
_DEFAULTS = Options(
    complexity_per_minute=PLENTY, requests_per_minute=PLENTY, calls_per_day=PLENTY, record_documents=True
).as_json()


@dataclass(frozen=True)
class StandIn:
    """A served sandbox, driven over its admin routes as any client could."""

    running: Running

    @property
    def url(self) -> str:
        """The GraphQL endpoint."""
        return self.running.url

    def start_over(self, state: State, **options: Any) -> None:
        """Take these boards and these options in place of all that was there."""
        self._call("POST", "options", {**_DEFAULTS, **options})
        self._call("POST", "load", state)

    def configure(self, **options: Any) -> None:
        """Change options while it serves."""
        self._call("PATCH", "options", options)

    def state(self) -> dict[str, Any]:
        """Return all boards as they stand, in the seed format."""
        state: dict[str, Any] = self._call("GET", "state")
        return state

    def metrics(self) -> dict[str, Any]:
        """Return what was asked of it since `start_over`."""
        metrics: dict[str, Any] = self._call("GET", "metrics")
        return metrics

    def items(self, board_id: int | str) -> dict[str, dict[str, Any]]:
        """Return item id -> item of a board."""
        boards = {board["id"]: board for board in self.state()["boards"]}
        return {item["id"]: item for item in boards[str(board_id)]["items"]}

    def mutations(self) -> list[dict[str, Any]]:
        """Return the requests that carried mutations: document, variables and headers."""
        return [sent for sent in self.metrics()["documents"] if sent["document"].startswith("mutation")]

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Do by GraphQL what a person or another program does on the boards; returns the data."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        headers = {"Authorization": "somebody", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 (loopback)
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            told = json.load(answer)
        assert "errors" not in told, told
        data: dict[str, Any] = told["data"]
        return data

    def edit(self, board_id: int | str, item_id: int | str, **values: Any) -> None:
        """Have a person write into cells of an item."""
        self.ask(_EDIT, board=str(board_id), item=str(item_id), values=json.dumps(values))

    @contextmanager
    def tampering(self, change: Callable[[dict[str, Any]], None]) -> Iterator[None]:
        """Let `change` alter the body of each answer that carries data, as no sandbox would of itself."""
        sandbox = self.running.sandbox
        answer = sandbox.answer

        async def tampered(incoming: Any) -> Any:
            reply = await answer(incoming)
            if reply.body and reply.body.get("data"):
                reply.body = json.loads(json.dumps(reply.body))
                # In a thread, so that one answer that is held back keeps nobody else's.
                await asyncio.to_thread(change, reply.body["data"])
            return reply

        sandbox.answer = tampered  # type: ignore[method-assign]
        try:
            yield
        finally:
            del sandbox.answer

    @contextmanager
    def holding(self, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[Callable[[], None]]:
        """Keep the first wanted answer back; yields a function that waits until it is there.

        It goes out when the block ends: what is done to the client inside happens while its request is in flight.
        """
        reached, released = threading.Event(), threading.Event()

        def hold(data: dict[str, Any]) -> None:
            if not reached.is_set() and wanted(data):
                reached.set()
                released.wait(PATIENCE)

        def arrived() -> None:
            assert reached.wait(PATIENCE), "it never came"

        try:
            with self.tampering(hold):
                yield arrived
        finally:
            released.set()

    def _call(self, method: str, route: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 (loopback)
            f"{self.running.base}/_sandbox/{route}", data, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)
