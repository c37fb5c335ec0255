"""Speaks HTTP to monday: one request in, one Answer or one telling exception out."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

import requests
from requests import exceptions

from opus_sync import __version__
from opus_sync.monday.answer import Answer, NoAnswer, NotSent
from opus_sync.monday.endpoint import Token, is_loopback
from opus_sync.monday.reading import read

API_VERSION = "2026-10"
_CONNECT_TIMEOUT = 10.0
_PIECE = 1 << 20

# Failures of requests that come before a byte of the request has left.
_BEFORE_SENDING = (
    exceptions.ConnectTimeout,
    exceptions.ProxyError,
    exceptions.InvalidURL,
    exceptions.InvalidSchema,
    exceptions.MissingSchema,
)
# The same below `requests`. Of TLS errors only a certificate that is refused is one: any other may as well
# break the answer off.
_NO_CONNECTION = frozenset(
    {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "SSLCertVerificationError"}
)


class _RawToken(requests.auth.AuthBase):
    """Sets the header itself, so that no netrc entry for the host can take its place."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._token.reveal()
        return request


class Monday:
    """The API at one endpoint with one token; a session per thread, as sessions are not shared safely.

    `timeout` is in seconds; monday ends every call at 60, so that a longer silence is no answer.
    """

    def __init__(self, endpoint: str, token: Token, *, timeout: float = 65.0) -> None:
        self.endpoint = endpoint
        self._auth = _RawToken(token)
        self._timeout = (min(_CONNECT_TIMEOUT, timeout), timeout)
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._guard = threading.Lock()

    def post(self, document: str, variables: Mapping[str, Any], *, idempotency_key: str | None = None) -> Answer:
        """Send one request; raises as `Api.post` says."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        payload = json.dumps({"query": document, "variables": dict(variables)}).encode()
        try:
            response = self._session().post(
                self.endpoint,
                data=payload,
                headers=headers,
                auth=self._auth,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            )
            # A page of items is a megabyte or more; without `stream` it comes in pieces of ten kilobytes.
            content = b"".join(response.iter_content(_PIECE))
        except exceptions.RequestException as error:
            raise self._lost(error) from None
        return read(response.status_code, response.headers, _json(content))

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            for session in self._sessions:
                session.close()
            self._sessions.clear()
            self._local = threading.local()

    def __enter__(self) -> Monday:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = not is_loopback(self.endpoint)
            session.headers.update(
                {
                    "Content-Type": "application/json",
                    "Accept": "application/json",
                    "API-Version": API_VERSION,
                    "User-Agent": f"opus-sync/{__version__}",
                }
            )
            self._local.session = session
            with self._guard:
                self._sessions.append(session)
        return session

    def _lost(self, error: exceptions.RequestException) -> NotSent | NoAnswer:
        """Tell what never left from what got lost. Messages of `requests` are not repeated: they can
        hold a proxy's address with its password."""
        reason = _root(error)
        if isinstance(error, _BEFORE_SENDING) or _never_connected(error):
            return NotSent(
                f"monday is not reachable at {self.endpoint} ({reason})",
                "check MONDAY_API_URL and the network; nothing was sent",
            )
        return NoAnswer(f"no answer from {self.endpoint} ({reason})")


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _never_connected(error: BaseException) -> bool:
    return any(type(cause).__name__ in _NO_CONNECTION for cause in _causes(error))


def _root(error: BaseException) -> str:
    last = _causes(error)[-1]
    return getattr(last, "strerror", None) or type(last).__name__


def _causes(error: BaseException) -> list[BaseException]:
    """List an error and all that led to it, also through urllib3's `reason` and nested arguments."""
    found: list[BaseException] = []
    todo: list[Any] = [error]
    while todo:
        one = todo.pop(0)
        if not isinstance(one, BaseException) or one in found:
            continue
        found.append(one)
        todo += [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
    return found
