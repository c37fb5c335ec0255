"""Which label a text stands for."""

from opus_sync.columns import LabelMap


def _row(label_id, label, deactivated=False, column="status"):
    return {"column_id": column, "label_id": label_id, "label": label, "is_deactivated": deactivated}


def test_an_active_label_wins_over_a_deactivated_one():
    """The order of the rows plays no part."""
    labels = LabelMap.from_rows([_row("1", "Done", True), _row("2", "Done"), _row("3", "Done", True)])
    assert labels.column("status").ids == {"Done": 2}


def test_labels_are_found_without_their_trailing_spaces():
    """Canonical text is right-trimmed; the exact text of another label comes first."""
    labels = LabelMap.from_rows([_row("1", "Done "), _row("2", "Open "), _row("3", "Open")])
    assert labels.column("status").ids == {"Done ": 1, "Done": 1, "Open ": 2, "Open": 3}


def test_columns_do_not_share_labels():
    """A label belongs to its column; the empty label is none."""
    labels = LabelMap.from_rows([_row("5", ""), _row("6", None), _row("1", "A", column="drop")])
    assert labels.column("status").ids == {}
    assert labels.column("drop", create=True).ids == {"A": 1}
    assert labels.column("drop", create=True).create
