"""What an oracle says: what is amiss, what no program could have helped, and figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that is not as promised, in words."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass
class Judged:
    """`inherent` is what happened between a look and its write; `figures` counts what was judged."""

    findings: list[Finding] = field(default_factory=list)
    inherent: list[Finding] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    def find(self, kind: str, what: str) -> None:
        """Add something that is amiss."""
        self.findings.append(Finding(kind, what))

    def excuse(self, kind: str, what: str) -> None:
        """Add something that no program could have seen."""
        self.inherent.append(Finding(kind, what))
