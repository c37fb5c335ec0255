"""`python -m tests.bench [NAME ...]`: measure and print; exit code 1 when a limit is missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from tests.bench.diff import diff
from tests.bench.encode import encode
from tests.bench.figure import Figure
from tests.bench.pulls import incremental, pull
from tests.bench.pushes import drain, failing, orders, rollback, updates
from tests.bench.startup import startup

BENCHES: Mapping[str, Callable[[], Figure]] = {
    "startup": startup,
    "encode": encode,
    "pull": pull,
    "incremental": incremental,
    "updates": updates,
    "drain": drain,
    "failing": failing,
    "rollback": rollback,
    "orders": orders,
    "diff": diff,
}


def main(names: list[str]) -> int:
    """Run the benches of these names, all of them when there are none."""
    if unknown := sorted(set(names) - set(BENCHES)):
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    missed = 0
    for name in names or BENCHES:
        figure = BENCHES[name]()
        missed += not figure.ok
        print("\n".join(figure.lines()), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
