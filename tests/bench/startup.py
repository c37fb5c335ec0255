"""How long the command line takes to say what it can do."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure

STARTS = 9


def startup() -> Figure:
    """Time `opus-sync --help` and an empty Python process in turns."""
    program = Path(sys.executable).with_name("opus-sync")
    helps, empties = [], []
    for _ in range(STARTS):
        helps.append(_seconds(str(program), "--help"))
        empties.append(_seconds(sys.executable, "-c", "pass"))
    ratio = median(helps) / median(empties)
    return Figure(
        name="opus-sync --help",
        measured=median(helps),
        bound="at most",
        limit=0.2,
        unit="s",
        how=f"median of {STARTS} process starts, {min(helps):.3f} to {max(helps):.3f}; "
        f"{ratio:.1f} x `python -c pass` ({median(empties):.3f} s)",
    )


def _seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
