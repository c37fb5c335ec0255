"""Every value that a column can hold goes through encoder, HTTP and decoder and comes back as it was meant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from integration.support.every_type import (
    BOARD_ID,
    CREATABLE,
    EVERY_TYPE,
    KEY,
    LABEL_MAP,
    TYPED,
    cells,
    column_id,
    seed,
)
from integration.support.stand_in import StandIn
from opus_sync.clock import SystemClock
from opus_sync.columns import TYPES
from opus_sync.contract import Column
from opus_sync.live.pages import ItemPages
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.plan.order import operation
from opus_sync.plan.staged import StagedRow, staged_row
from opus_sync.push.document import compose, variables
from opus_sync.push.encode import Encoder, Writable
from opus_sync.push.outcome import Event, outcomes
from unit.opus_sync.columns.values import LABELS, VALUES, hostile_text

ROWS = 20
FIRST = 3000
# Without shrinking, which would send thousands of requests.
MANY = settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate])
# The labels of a status column are forty at most.
FEW = settings(MANY, max_examples=5)
Cells = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Line:
    """The runner's own way to a board: encoder and document, HTTP, pages and decoder."""

    api: GovernedApi
    encoder: Encoder
    columns: Sequence[Column]

    def change(self, rows: Mapping[int, Cells]) -> None:
        """Change items by id, all in one request."""
        self._send({"monday_item_id": item, "update_fields": json.dumps(wanted)} for item, wanted in rows.items())

    def create(self, rows: Sequence[tuple[str, Cells]]) -> list[int]:
        """Create items by name, all in one request; return their ids."""
        return self._send(
            {"update_operation": "CREATE", "item_name": name, "update_fields": json.dumps(wanted)}
            for name, wanted in rows
        )

    def read(self) -> dict[int, dict[str, str | None]]:
        """Return item id -> column id (or `name`) -> canonical text, as a pull reads them."""
        pages = ItemPages(self.api, BOARD_ID, self.columns, 500, parents=False)
        return {
            row["monday_item_id"]: {"name": row["item_name"], **json.loads(row["column_values"])}
            for page in pages
            for row in page
        }

    def creating_labels(self) -> Line:
        """Return the same way for columns whose labels are made as they are needed."""
        columns = {
            column: replace(writable, labels=replace(writable.labels, ids={}, create=True))
            for column, writable in self.encoder.columns["update_items"].items()
        }
        return replace(self, encoder=Encoder({"update_items": columns}))

    def _send(self, rows: Iterator[dict[str, Any]]) -> list[int]:
        entries = [operation(staged_row({**_STAGED, **row})) for row in rows]
        mutations = [self.encoder.mutation(entry) for entry in entries]
        document = compose(tuple(mutation.name for mutation in mutations))
        answer = self.api.post(document, variables(mutations), idempotency_key=f"request-{next(_NUMBERS)}")
        results = outcomes(answer, tuple(f"m{at}" for at in range(len(mutations))))
        assert [result.error_message for result in results if result.event is not Event.SUCCEEDED] == []
        return [result.item_id or 0 for result in results]


_NUMBERS = count()
_STAGED: Mapping[str, Any] = {
    **{field.name: None for field in fields(StagedRow)},
    "update_type": "update_items",
    "update_operation": "UPDATE",
    "monday_board_id": BOARD_ID,
    "validation_status": "VALID",
}


@pytest.fixture(scope="module")
def line(stand_in: StandIn) -> Iterator[Line]:
    """A way to a board with a column of each writable type and a few items."""
    stand_in.start_over(seed((FIRST + at, f"Item {at}", {KEY: f"K{at}"}) for at in range(ROWS)), record_documents=False)
    columns = [
        Column(name, column.id, column.type, "push")
        for column in EVERY_TYPE.columns
        for name in [EVERY_TYPE.names()[column.id]]
    ]
    writable = {column.id: Writable(column.column_type, LABEL_MAP.column(column.id)) for column in columns}
    with Monday(stand_in.url, Token("t")) as monday:
        clock = SystemClock()
        yield Line(GovernedApi(monday, Governor(clock), clock), Encoder({"update_items": writable}), columns)


@pytest.mark.parametrize("name", ["name", *TYPED])
@MANY
@given(data=st.data())
def test_changed_cells_come_back_as_they_were_meant(line: Line, name: str, data: st.DataObject) -> None:
    """Of each writable type, hostile values and empty cells included."""
    values = data.draw(st.lists(VALUES[name], min_size=ROWS, max_size=ROWS))
    column = "name" if name == "name" else column_id(name)
    line.change({FIRST + at: {column: value} for at, value in enumerate(values)})
    found = line.read()
    assert [found[FIRST + at][column] for at in range(ROWS)] == values


@MANY
@given(data=st.data())
def test_created_cells_come_back_as_they_were_meant(line: Line, data: st.DataObject) -> None:
    """A new item has its name and the values of every type that can be written at creation."""
    names = data.draw(st.lists(VALUES["name"], min_size=3, max_size=3))
    rows = [(name or "", {column_id(kind): data.draw(VALUES[kind]) for kind in CREATABLE}) for name in names]
    created = line.create(rows)
    found = line.read()
    for item, (name, wanted) in zip(created, rows, strict=True):
        assert found[item]["name"] == name
        assert {column: found[item][column] for column in wanted} == wanted


def test_cleared_cells_come_back_empty(line: Line) -> None:
    """Every type that can be emptied is, by what the runner sends for an empty cell; a checkbox is unchecked."""
    clearable = [name for name in TYPED if TYPES[name].clearable]
    at = next(at for at in range(1000) if all(cells(at).values()) and cells(at)["checkbox"] == "true")
    full = {column_id(name): cells(at)[name] for name in clearable}
    line.change({FIRST: full})
    before = line.read()[FIRST]
    assert {column: before[column] for column in full} == full
    line.change({FIRST: dict.fromkeys(full)})
    after = line.read()[FIRST]
    assert {column: after[column] for column in full} == {**dict.fromkeys(full), "checkbox_1": "false"}


@FEW
@given(
    texts=st.lists(
        st.one_of(hostile_text(30, controls=False), st.sampled_from(LABELS), st.just("12"), st.just("a, b")),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_labels_that_a_write_creates_come_back_as_they_were_meant(line: Line, texts: list[str]) -> None:
    """A label is made by its text, digits and commas included, and an existing one is not made twice."""
    wanted = {
        "status_1": texts[0],
        "dropdown_1": json.dumps(sorted(texts), ensure_ascii=False, separators=(",", ":")),
    }
    for _ in range(2):
        line.creating_labels().change({FIRST: wanted})
        found = line.read()[FIRST]
        assert {column: found[column] for column in wanted} == wanted
