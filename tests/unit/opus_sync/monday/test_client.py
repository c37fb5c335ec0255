"""The client over real HTTP: what it sends, and what it makes of connections that fail."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from requests import exceptions

from opus_sync.errors import OpusError
from opus_sync.monday.answer import NoAnswer, NotSent, Stopped
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token

Handler = BaseHTTPRequestHandler


def answer(handler: Handler, status: int = 200, body: Any = None, **headers: str) -> None:
    content = json.dumps({"data": {"ok": True}} if body is None else body).encode()
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(content)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


@dataclass
class Server:
    """Answers as it is told and keeps what it got."""

    url: str = ""
    act: Callable[[Handler], None] = answer
    got: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    kept = Server()

    class Kept(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((dict(self.headers), json.loads(body)))
            kept.act(self)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Kept) as httpd:
        kept.url = f"http://127.0.0.1:{httpd.server_address[1]}/v2"
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        yield kept
        httpd.shutdown()


def monday(server: Server, timeout: float = 5.0) -> Monday:
    return Monday(server.url, Token("secret"), timeout=timeout)


def test_a_request_carries_token_version_variables_and_key(server: Server) -> None:
    with monday(server) as api:
        api.post("query($a: Int) { b }", {"a": 'x "😀"'}, idempotency_key="k-1")
        api.post("{ b }", {})

    (headers, body), (second, _) = server.got
    assert headers["Authorization"] == "secret"
    assert headers["API-Version"] == "2026-10"
    assert headers["Idempotency-Key"] == "k-1"
    assert body == {"query": "query($a: Int) { b }", "variables": {"a": 'x "😀"'}}
    assert "Idempotency-Key" not in second


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with monday(server) as api:
        assert api.post("{ b }", {}).data == {"ok": True}


def test_a_netrc_entry_does_not_replace_the_token(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "netrc").write_text("default login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with monday(server) as api:
        api.post("{ b }", {})
    assert server.got[0][0]["Authorization"] == "secret"


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.act = lambda handler: answer(handler, 307, Location=server.url + "/elsewhere")
    with monday(server) as api, pytest.raises(Stopped):
        api.post("{ b }", {})
    assert len(server.got) == 1


def test_a_closed_port_means_not_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v2"
        with pytest.raises(NotSent, match=f"monday is not reachable at {url}"):
            Monday(url, Token("secret")).post("{ b }", {})


def test_an_unknown_host_means_not_sent() -> None:
    with pytest.raises(NotSent):
        Monday("https://no-such-host.invalid/v2", Token("secret"), timeout=3).post("{ b }", {})


def test_a_dropped_connection_means_no_answer(server: Server) -> None:
    server.act = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    with monday(server) as api, pytest.raises(NoAnswer):
        api.post("{ b }", {})
    assert len(server.got) == 1


def test_half_an_answer_means_no_answer(server: Server) -> None:
    def half(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"data": {')
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.act = half
    with monday(server) as api, pytest.raises(NoAnswer):
        api.post("{ b }", {})


def test_silence_means_no_answer(server: Server) -> None:
    done = threading.Event()
    server.act = lambda handler: done.wait(5) and None
    with monday(server, timeout=0.2) as api, pytest.raises(NoAnswer):
        api.post("{ b }", {})
    done.set()


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (ssl.SSLError("decryption failed or bad record mac"), NoAnswer),
        (ssl.SSLEOFError("EOF occurred in violation of protocol"), NoAnswer),
        (ssl.SSLCertVerificationError("self-signed certificate"), NotSent),
    ],
)
def test_a_tls_error_means_not_sent_only_where_the_certificate_is_refused(
    monkeypatch: pytest.MonkeyPatch, cause: ssl.SSLError, outcome: type[OpusError]
) -> None:
    """`requests` gives one exception for a handshake that fails and for an answer that breaks off."""

    def fail(*_: Any, **__: Any) -> None:
        raise exceptions.SSLError(cause)

    monkeypatch.setattr("requests.Session.post", fail)
    with pytest.raises(outcome):
        Monday("https://127.0.0.1:1/v2", Token("secret")).post("{ b }", {})


@pytest.mark.parametrize("status", [401, 403, 429, 500, 302])
def test_no_error_shows_the_token(server: Server, status: int) -> None:
    server.act = lambda handler: answer(handler, status, {"errors": [{"message": "no"}]})
    with monday(server) as api, pytest.raises(OpusError) as caught:
        api.post("{ b }", {})
    assert "secret" not in f"{caught.value!r} {caught.value} {api!r}"
