"""What a database says, made fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SECRETS = ("password", "PWD", "client_secret", "access_token")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from: adapters wrap what the driver raised."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def without_secrets(text: str, credentials: Any) -> str:
    """Return a text in which no secret of the profile stands."""
    for name in _SECRETS:
        secret = getattr(credentials, name, None)
        if secret and isinstance(secret, str):
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "***", text)
    return text
