"""Which columns could be a key: what is unique among the items that were read, and what stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opus_sync.registry.discover import Sample

# A column of which fewer cells are filled, or more values repeat, was never meant as a key.
_FILLED, _DISTINCT = 0.9, 0.95


@dataclass(frozen=True)
class KeyFacts:
    """A column as a key: how many of the items have no value, and value -> how many items have it, where several do.

    Values are compared without regard to case and outer space, as the diff matches rows.
    """

    name: str
    empty: int
    repeats: Mapping[str, int]

    @property
    def unique(self) -> bool:
        """Whether every item has a value of its own."""
        return not self.empty and not self.repeats


def judge_keys(sample: Sample, names: Mapping[str, str], always: Iterable[str] = ()) -> list[KeyFacts]:
    """Judge the columns (id -> name) of which most items have a value, most of these their own.

    `always` holds names that are judged in any case. Subitems are told apart below their parent.
    """
    wanted = {name.casefold() for name in always}
    found = []
    for column_id, name in names.items():
        values = [(parent, cells.get(column_id, "").strip()) for parent, cells in sample.rows]
        facts = _facts(name, values)
        if values and (name.casefold() in wanted or _worth_it(facts, len(values))):
            found.append(facts)
    return found


def judge_together(sample: Sample, names: Mapping[str, str], together: Sequence[str]) -> KeyFacts:
    """Judge several columns, by name, as one key; a row without one of the values has no key."""
    ids = {name: column_id for column_id, name in names.items()}
    values = []
    for parent, cells in sample.rows:
        parts = [cells.get(ids.get(name, ""), "").strip() for name in together]
        values.append((parent, ", ".join(parts) if all(parts) else ""))
    return _facts(", ".join(together), values)


def _facts(name: str, values: Sequence[tuple[str, str]]) -> KeyFacts:
    filled = [(parent, value) for parent, value in values if value]
    counts = Counter((parent, value.casefold()) for parent, value in filled)
    shown: dict[tuple[str, str], str] = {}
    for parent, value in filled:
        shown.setdefault((parent, value.casefold()), value)
    repeats = {shown[key]: count for key, count in counts.items() if count > 1}
    return KeyFacts(name, len(values) - len(filled), repeats)


def _worth_it(facts: KeyFacts, rows: int) -> bool:
    filled = rows - facts.empty
    distinct = filled - sum(facts.repeats.values()) + len(facts.repeats)
    return filled >= _FILLED * rows and distinct >= _DISTINCT * filled
