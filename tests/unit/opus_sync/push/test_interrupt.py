"""Signals end a push in good order."""

import os
import signal

import pytest

from opus_sync.push.interrupt import Interrupted, InterruptibleClock, Interruption, listening

from .world import Clock


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_remembered_and_gives_the_exit_code(number, code):
    """The handler only takes note; the engine asks."""
    interruption = Interruption()
    before = signal.getsignal(number)
    with listening(interruption):
        os.kill(os.getpid(), number)
        with pytest.raises(Interrupted) as caught:
            interruption.check()
    assert interruption.exit_code == caught.value.exit_code == code
    assert signal.getsignal(number) is before


def test_a_wait_ends_soon_after_a_signal():
    """A push that waits for its budget does not keep a person waiting."""
    interruption, clock = Interruption(), Clock()
    waiting = InterruptibleClock(clock, interruption)
    waiting.sleep(1.0)
    assert clock.seconds == pytest.approx(1.0)
    interruption.request(2)
    with pytest.raises(Interrupted):
        waiting.sleep(60.0)
    assert clock.seconds == pytest.approx(1.0)


def test_the_second_signal_ends_at_once(monkeypatch):
    """Without clean-up: all that was sent is on record already."""
    codes = []
    monkeypatch.setattr(os, "_exit", codes.append)
    interruption = Interruption()
    interruption.request(15)
    interruption.request(2)
    assert codes == [130]
