"""`opus-sync sandbox reset`: the boards of a running sandbox as they were loaded."""

from __future__ import annotations

from opus_sync.invocation import Result
from opus_sync.rehearsal.stand_in import tell


def run(*, port: int) -> Result:
    """Take the sandbox at a port back to what it was started with, or loaded with since."""
    tell(port, "reset")
    return Result(0, f"the sandbox at http://127.0.0.1:{port}/v2 is as it was loaded")
