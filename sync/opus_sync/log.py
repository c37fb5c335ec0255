"""What a command tells while it is at work: events with fields, a closed list of them.

What they hold is ids, counts and times: no token, and no value of a board.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LEVELS: Mapping[str, str] = {
    "command_started": "debug",
    "command_ended": "debug",
    "pull_started": "info",
    "page_read": "debug",
    "extract_activated": "info",
    "extract_rejected": "warning",
    "push_started": "info",
    "push_ended": "info",
    "request_sent": "debug",
    "request_answered": "debug",
    "request_refused": "warning",
    "request_lost": "warning",
    "row_not_written": "warning",
    "batch_event": "info",
    "waiting": "info",
    "board_refused": "error",
    "dbt_started": "info",
    "dbt_output": "info",
    "dbt_ended": "info",
    "note": "info",
    "warning": "warning",
    "error": "error",
}
"""Every event with its level."""


@dataclass(frozen=True)
class Entry:
    """One event; `message` is for people, and empty where the fields say it all."""

    event: str
    message: str
    fields: Mapping[str, Any]

    @property
    def level(self) -> str:
        """How much it matters."""
        return LEVELS[self.event]


class Log:
    """Hands entries on as they come, from any thread; `fields` stand in each of them."""

    def __init__(self, tell: Callable[[Entry], None] = lambda entry: None, **fields: Any) -> None:
        self._tell = tell
        self._fields = fields

    def about(self, **fields: Any) -> Log:
        """Return the same log for one board or the like, with further fields in each entry."""
        return Log(self._tell, **{**self._fields, **fields})

    def event(self, event: str, message: str = "", **fields: Any) -> None:
        """Tell of an event of the list; a field that is None is left out."""
        given = {name: value for name, value in {**self._fields, **fields}.items() if value is not None}
        self._tell(Entry(event, message, given))

    def note(self, message: str, **fields: Any) -> None:
        """Tell a person something."""
        self.event("note", message, **fields)

    def warning(self, message: str, **fields: Any) -> None:
        """Warn a person."""
        self.event("warning", message, **fields)


SILENT = Log()
"""A log that nobody reads."""
