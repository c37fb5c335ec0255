"""`python -m storm --kills 500 --seed 7`: rage and report; exit code 1 where anything is amiss."""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from integration.support.stand_in import StandIn
from integration.support.warehouses import KINDS
from monday_sandbox import running
from storm.storm import Report, storm

_EMPTY = {"account": {"id": "1", "name": "Empty"}, "boards": []}


def main() -> int:
    """Run one storm and print what it came to."""
    parser = argparse.ArgumentParser(prog="storm", description=sys.modules["storm"].__doc__)
    parser.add_argument("--kills", type=int, default=500, help="processes to kill (%(default)s)")
    parser.add_argument("--warehouse", choices=KINDS, default="duckdb", help="where the tables are (%(default)s)")
    parser.add_argument("--seed", type=int, help="as an earlier storm printed it; instants vary a little all the same")
    parser.add_argument("--folder", type=Path, help="an empty folder to keep project and logs in")
    parser.add_argument("--blind", action="store_true", help="take the look before each write away: findings must come")
    asked = parser.parse_args()
    # A client that is killed in the middle of a request is no news here.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="opus-storm-"))
    folder.mkdir(parents=True, exist_ok=True)
    warehouse = KINDS[asked.warehouse]()
    with running(_EMPTY) as served:
        report = storm(folder, StandIn(served), warehouse, asked.kills, seed, _progress, blind=asked.blind)
    print("\n".join(lines(report)))
    print(f"project and logs: {folder}")
    warehouse.close()
    return 1 if report.findings else 0


def lines(report: Report) -> list[str]:
    """Return what a storm came to, in words."""
    return [
        f"kills {report.kills.total()} ({_listed(report.kills)})",
        f"commands {report.commands.total()} ({_listed(report.commands)})",
        f"requests {report.requests}",
        f"faults {report.faults.total()} ({_listed(report.faults)})",
        f"acts of people {report.acts.total()} ({_listed(report.acts)})",
        *(f"  {what}: {number}" for what, number in sorted(report.figures.items())),
        f"inherent, between a look and its write: {len(report.inherent)}",
        *(f"  {one}" for one in report.inherent),
        f"findings: {len(report.findings)}",
        *(f"  {one}" for one in report.findings),
        f"seed {report.seed}, {report.seconds / 60:.1f} minutes",
    ]


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counted.most_common())


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
