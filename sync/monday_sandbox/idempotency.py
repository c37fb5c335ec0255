"""Answers kept by Idempotency-Key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from monday_sandbox.errors import HttpError

KEPT_BYTES_LIMIT = 1024 * 1024


@dataclass(slots=True)
class _Kept:
    digest: str
    expires: float
    answer: dict[str, Any] | None = None


class KeptAnswers:
    """The answers of mutations by caller and key; an entry without answer is still running."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}

    def begin(
        self, who: str, key: str, body: bytes, now: float, minutes: float, other_body: str
    ) -> dict[str, Any] | None:
        """Return the kept answer of a key, or None when the request is to run and is now noted as running.

        Raises 409 IDEMPOTENCY_CONFLICT while the first request of the key still runs.
        """
        for known in [known for known, kept in self._kept.items() if kept.expires <= now]:
            if self._kept[known].answer is not None:
                del self._kept[known]
        digest = hashlib.sha256(body).hexdigest()
        kept = self._kept.get((who, key))
        if kept is not None:
            if kept.answer is None:
                raise _conflict("A request with this Idempotency-Key is still running")
            if kept.digest != digest and other_body == "conflict":
                raise _conflict("This Idempotency-Key was used for another request")
            if kept.digest == digest or other_body == "replay":
                return kept.answer
        self._kept[who, key] = _Kept(digest, now + minutes * 60)
        return None

    def finish(self, who: str, key: str, answer: dict[str, Any] | None, size: int) -> None:
        """Keep the answer of a request that ran; None, or one above 1 MB, is forgotten."""
        if answer is None or size > KEPT_BYTES_LIMIT:
            self._kept.pop((who, key), None)
        else:
            self._kept[who, key].answer = answer


def _conflict(message: str) -> HttpError:
    return HttpError(409, message, "IDEMPOTENCY_CONFLICT", retry_in=1)
