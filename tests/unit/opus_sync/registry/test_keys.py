"""What could be a key is told from what stands twice."""

from __future__ import annotations

from opus_sync.registry.discover import Sample
from opus_sync.registry.keys import judge_keys, judge_together

NAMES = {"name": "Title", "order": "Order", "po": "PO", "note": "Note"}


def _rows(count: int, **cells: object) -> list[tuple[str, dict[str, str]]]:
    return [
        ("", {column: str(value(at) if callable(value) else value) for column, value in cells.items()})
        for at in range(count)
    ]


def test_unique_columns_and_what_keeps_the_others_from_it() -> None:
    """Values are told apart as the diff does: without case and outer space. What is never unique is not judged."""
    rows = _rows(40, name=lambda at: f"Item {at}", order=lambda at: f"K{at}", po=lambda at: f"P{at}", note="same")
    rows[1][1]["order"] = " k0 "
    rows[2][1]["po"] = ""
    facts = {one.name: one for one in judge_keys(Sample(rows, 40), NAMES)}
    assert facts.keys() == {"Title", "Order", "PO"}
    assert [name for name, one in facts.items() if one.unique] == ["Title"]
    assert facts["Order"].repeats == {"K0": 2}
    assert (facts["PO"].empty, facts["PO"].repeats) == (1, {})


def test_a_key_that_was_chosen_is_always_judged() -> None:
    """However often its values repeat."""
    (note,) = [one for one in judge_keys(Sample(_rows(4, note="same"), 4), NAMES, ["note"]) if one.name == "Note"]
    assert note.repeats == {"same": 4}


def test_columns_are_judged_together() -> None:
    """A pair may be unique where neither is; a row that lacks one of them has no key."""
    rows = [("", {"order": str(at // 2), "po": str(at % 2)}) for at in range(6)]
    assert judge_together(Sample(rows, 6), NAMES, ["Order", "PO"]).unique
    rows += [("", {"order": "0", "po": "1"}), ("", {"order": "9", "po": ""})]
    facts = judge_together(Sample(rows, 8), NAMES, ["Order", "PO"])
    assert (facts.name, facts.empty, facts.repeats) == ("Order, PO", 1, {"0, 1": 2})


def test_subitems_are_told_apart_below_their_parent() -> None:
    """A size stands below every order."""
    rows = [(parent, {"name": size}) for parent in ("1", "2") for size in "SML"]
    (title,) = judge_keys(Sample(rows, 6), {"name": "Title"})
    assert title.unique
    (title,) = judge_keys(Sample([*rows, ("1", {"name": "s"})], 7), {"name": "Title"}, ["Title"])
    assert title.repeats == {"S": 2}


def test_a_board_without_items() -> None:
    """There is nothing to judge."""
    assert judge_keys(Sample([], 0), NAMES, ["Order"]) == []
