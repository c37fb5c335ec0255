"""The sandbox's admin routes, on this machine alone."""

from __future__ import annotations

from typing import Any

import requests

from opus_sync.errors import OpusError

_TIMEOUT = 300.0


def tell(port: int, route: str, body: Any = None) -> None:
    """Post to a route of the sandbox at a port; raises OpusError where none answers, or it refuses."""
    base = f"http://127.0.0.1:{port}"
    session = requests.Session()
    session.trust_env = False
    try:
        answer = session.post(f"{base}/_sandbox/{route}", json={} if body is None else body, timeout=_TIMEOUT)
        told = answer.json()
    except (requests.RequestException, ValueError):
        raise OpusError(
            f"no sandbox answers at {base}",
            f"start one in another terminal: `opus-sync sandbox serve --empty --port {port}`",
        ) from None
    if answer.status_code != requests.codes.ok:
        raise OpusError(f"the sandbox at {base} took nothing: {told.get('error', answer.status_code)}")
