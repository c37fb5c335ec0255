"""Where monday is, and the token for it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

DEFAULT_ENDPOINT = "https://api.monday.com/v2"

# Anything else in the authority (a user, a backslash, an escape) is read differently by different URL
# parsers, so that the host checked here might not be the host that is called.
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")


class Token:
    """An API token that shows itself only when asked to by name; equal ones are one token."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the token itself, for the Authorization header and nothing else."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Token(***)"

    def __reduce__(self) -> str:
        raise TypeError("a token is not pickled")


def normalised(endpoint: str) -> str:
    """Return the endpoint in the one form in which it is stored and compared.

    Raises ValueError for anything but a plain http(s) address of a host.
    """
    parts = urlsplit(endpoint.strip())
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not _AUTHORITY.fullmatch(parts.netloc):
        raise ValueError("not an http(s) address of a host")
    if parts.query or parts.fragment:
        raise ValueError("it must end with its path")
    if scheme == "http" and not is_loopback(endpoint):
        raise ValueError("the token would travel in the clear: use https")
    return f"{scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def is_loopback(endpoint: str) -> bool:
    """Return whether the host is this machine: 127.0.0.0/8, ::1 or exactly `localhost`."""
    try:
        parts = urlsplit(endpoint.strip())
        if not _AUTHORITY.fullmatch(parts.netloc):
            return False
        host = parts.hostname or ""
        if host == "localhost":
            return True
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback
