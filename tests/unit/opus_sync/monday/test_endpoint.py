"""Which addresses are this machine, and in which form an address is kept."""

from __future__ import annotations

import pickle

import pytest

from opus_sync.monday.endpoint import Token, is_loopback, normalised


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1/v2",
        "http://127.0.0.1:8080/v2",
        "http://127.3.4.5/v2",
        "http://localhost:1/v2",
        "http://LOCALHOST/v2",
        "http://[::1]:8080/v2",
    ],
)
def test_this_machine(endpoint: str) -> None:
    assert is_loopback(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://api.monday.com/v2",
        "http://localhost.example.com/v2",
        "http://127.0.0.1.example.com/v2",
        "http://127.0.0.1@example.com/v2",
        "http://example.com\\@127.0.0.1/v2",
        "http://127.0.0.1\\.example.com/v2",
        "http://example.com#@127.0.0.1/v2",
        "http://example.com/127.0.0.1",
        "http://0.0.0.0/v2",
        "http://10.0.0.1/v2",
        "http://128.0.0.1/v2",
        "http://0x7f000001/v2",
        "http://2130706433/v2",
        "http://127.1/v2",
        "http://[::ffff:127.0.0.1]/v2",
        "http://[::2]/v2",
        "127.0.0.1",
        "",
    ],
)
def test_not_this_machine(endpoint: str) -> None:
    assert not is_loopback(endpoint)


def test_an_endpoint_is_kept_in_one_form() -> None:
    assert normalised(" HTTPS://API.monday.com/v2/ ") == "https://api.monday.com/v2"
    assert normalised("http://[::1]:80/v2") == "http://[::1]:80/v2"


@pytest.mark.parametrize(
    "endpoint",
    [
        "api.monday.com/v2",
        "ftp://api.monday.com/v2",
        "https://user:secret@api.monday.com/v2",
        "https://api.monday.com/v2?x=1",
        "https://api.monday.com/v2#x",
        "http://api.monday.com/v2",
        "https:///v2",
        "https://api.monday.com:port/v2",
    ],
)
def test_an_endpoint_that_cannot_be_used(endpoint: str) -> None:
    with pytest.raises(ValueError):
        normalised(endpoint)


def test_a_token_shows_itself_only_when_asked() -> None:
    token = Token("secret")
    assert "secret" not in f"{token} {token!r} {[token]} {vars(Token)}"
    assert token.reveal() == "secret"
    with pytest.raises(TypeError):
        pickle.dumps(token)
