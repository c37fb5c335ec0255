"""Random boards, desired rows, edits, pushes and decisions: what dbt stages is what the design says."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from integration.support.oracle import Form, Item, Memory, Oracle, Row, Rule, Staged
from integration.support.small import PROJECT
from integration.support.workspace import DATABASE, Workspace, package

BOARD, SUBITEM_BOARD, LINKED = 9001, 9002, 5000
GROUPS = ("topics", "done", "old")
AT = datetime(2026, 11, 1, 8)
LABELS = ("Todo", "Doing", "Done", 'It\'s "x", [y]', "5", "Gone")


def forms(*pairs: tuple[str | None, str | None]) -> list[Form]:
    """Return forms of one meaning each; a text alone means itself."""
    return [Form(*pair) for pair in pairs]


def same(*texts: str) -> list[Form]:
    """Return forms that mean what they say."""
    return [Form(text, text) for text in texts]


def bad(*texts: str) -> list[Form]:
    """Return forms that no cell can take."""
    return [Form(text, text, ok=False) for text in texts]


_JSON = '{"email":"a@b.c","text":"A \\"b\\""}'
POOLS: Mapping[str, list[Form]] = {
    "text": forms(("a ", "a"), (" a", " a"), ("", None), ("   ", None), ("a|b", "a|b"), ("' or 1=1 --", "' or 1=1 --"))
    + same("A", "{{ x }}", '"', "\\", "null", "[]", "{}", "ß", "é", "e\u0301", "%", "a\nb", "🧵", "\x01", "\u2028"),
    "long_text": forms(("x" * 2000, "x" * 2000), ("y ", "y")) + bad("x" * 2001),
    "numbers": forms(
        ("1", "1"), ("1.00", "1"), (" 5 ", "5"), ("+4.50", "4.5"), ("-0", "0"), ("-0.000", "0"), ("1e-7", "0.0000001"),
        ("007", "7"), (".5", "0.5"), ("0.30000000000000004", "0.3"), ("1e3", "1000"), ("", None), ("-12.340", "-12.34"),
        ("0.00000000005", "0.0000000001"), ("1" * 28, "1" * 28), ("100", "100"),
    )
    + bad("1e40", "NaN", "Infinity", "-inf", "١٢", "1,5", "0x10", "--1", "1_000"),
    "rating": forms(("3", "3"), ("5.0", "5"), ("1", "1"), ("", None)) + bad("6", "-1", "2.5", "many"),
    "status": forms(("Done", "Done"), ("Todo  ", "Todo"), ("5", "5"), (LABELS[3], LABELS[3]), ("", None))
    + bad("done", "Gone", "No such", " Done"),
    "dropdown": forms(
        ("Done, Todo", '["Done","Todo"]'), ("Todo,Done,Todo", '["Done","Todo"]'), ('["Todo"]', '["Todo"]'),
        ('["It\'s \\"x\\", [y]","5"]', '["5","It\'s \\"x\\", [y]"]'), ("5", '["5"]'), ("[]", None), ("", None), (" , ", None),
        ('["Done", null]', '["Done"]'), ("[5]", '["5"]'),
    )
    + bad("Gone", "Done, nope", '["Done, Todo"]'),
    "people": forms(
        ("ADA@example.com", '["person-101"]'), ("102, ada@EXAMPLE.com", '["person-101","person-102"]'),
        ("Team One,101", '["person-101","team-501"]'), ("person-101", '["person-101"]'), ("[102,101]", '["person-101","person-102"]'),
        ("team-501", '["team-501"]'), ("", None), ("[]", None), ('["ada@example.com","101"]', '["person-101"]'),
    )
    + bad("nobody@example.com", "999", "gone@example.com", "twin@example.com", "team-9"),
    "tags": forms(("urgent", '["301"]'), ("301, Two Words", '["301","302"]'), ("#x", None), ("[]", None))[:2]
    + forms(("[302,301]", '["301","302"]'), ("", None))
    + bad("nope", "999"),
    "date": forms(
        ("2026-01-05", "2026-01-05"), ("2026-1-5", "2026-01-05"), ("2026-01-05 00:00:00", "2026-01-05"), ("", None),
        ("2026-01-05 08:00", "2026-01-05 13:00:00"), ("2026-07-05T08:00:00", "2026-07-05 12:00:00"),
        ("2026-01-05 08:00:00.75", "2026-01-05 13:00:00"), ("2026-01-05T08:00:00Z", "2026-01-05 08:00:00"),
        ("2026-01-05T10:00:00.123+02:00", "2026-01-05 08:00:00"), ("2026-01-05 08:00:00+05", "2026-01-05 03:00:00"),
        ("2026-01-05 00:00:00Z", "2026-01-05 00:00:00"), ("2026-11-01 00:30", "2026-11-01 04:30:00"),
        ("2026-11-01 03:30", "2026-11-01 08:30:00"), ("2026-03-08 03:30", "2026-03-08 07:30:00"), ("2024-02-29", "2024-02-29"),
    )
    + bad("2026-02-30", "soon", "2026-13-01", "2026-01-05 25:00", "20260105", "10000-01-01", "0044-03-15 (BC)", "epoch"),
    "timeline": forms(
        ("2026-03-01/2026-03-15", '{"from":"2026-03-01","to":"2026-03-15"}'), ("", None),
        (" 2026-03-01 / 2026-03-15 ", '{"from":"2026-03-01","to":"2026-03-15"}'),
        ('{"to":"2026-03-15", "from":"2026-03-02"}', '{"from":"2026-03-02","to":"2026-03-15"}'),
        ("2026-3-1/2026-03-15", '{"from":"2026-03-01","to":"2026-03-15"}'),
        ("2026-03-01 00:00:00/2026-03-15 00:00:00", '{"from":"2026-03-01","to":"2026-03-15"}'),
    )
    + bad("2026-03-15/2026-03-01", "2026-03-01", "2026-03-01/", "x/y", "{}", "2026-02-30/2026-03-01"),
    "week": forms(("2026-03-02/2026-03-08", '{"startDate":"2026-03-02","endDate":"2026-03-08"}'), ("", None))
    + bad("2026-03-01/2026-03-07", "2026-03-02/2026-03-09", "2026-03-02"),
    "hour": forms(
        ("16:42", '{"hour":16,"minute":42}'), ("4:05", '{"hour":4,"minute":5}'), ("16:42:59", '{"hour":16,"minute":42}'),
        ('{"minute":0,"hour":0}', '{"hour":0,"minute":0}'), ("", None),
    )
    + bad("24:00", "noon", "16", "-1:30", "4:30 PM", "16.5:30", "16:421", "{}"),
    "checkbox": forms(("true", "true"), ("1", "true"), ("No", "false"), ("false", "false"), ("Y", "true"), ("", None)) + bad("perhaps", "2"),
    "email": forms(("a@b.c", '{"email":"a@b.c","text":"a@b.c"}'), (_JSON, _JSON), ('{"email":"a@b.c"}', '{"email":"a@b.c","text":"a@b.c"}'), ("", None))
    + bad("nobody", "{}", '{"text":"a@b.c"}', "{"),
    "link": forms(("https://x.y/a b?q='1'", '{"url":"https://x.y/a b?q=\'1\'","text":"https://x.y/a b?q=\'1\'"}'), ("", None))
    + bad("x.y", "ftp://x", "https://"),
    "phone": forms(("+12025550169 us", '{"phone":"+12025550169","countryShortName":"US"}'), ("", None))
    + bad("+12025550169", "12 XX", "abc US", "+1 202 555 0169 US"),
    "location": forms(
        ("29.9780 31.13 Giza, Egypt", '{"lat":"29.978","lng":"31.13","address":"Giza, Egypt"}'), ("", None),
        ('{"lat":1.50,"lng":"2","address":"x"}', '{"lat":"1.5","lng":"2","address":"x"}'), ("-1 2", '{"lat":"-1","lng":"2","address":""}'),
    )
    + bad("Giza", "91 0 x", "0 181 x", "29,9 31,1", "NaN NaN x", "{}"),
    "country": forms(("us", "US"), ("DE", "DE"), ("", None)) + bad("UK", "Germany", "ß"),
    "color_picker": forms(("#ff5733", "#FF5733"), ("00aa11", "#00AA11"), ("", None)) + bad("red", "#12345", "#GG0000"),
    "world_clock": forms(("Europe/London", "Europe/London"), ("", None)) + bad("UTC", "europe/london", "Mars/X"),
    "board_relation": forms(
        ("5001", '["5001"]'), ("5002, 5001,5001", '["5001","5002"]'), ("[5001,5002]", '["5001","5002"]'), ("", None), ("[]", None),
    )
    + bad("1", "x", "5001.5"),
}  # fmt: skip


def rules() -> list[Rule]:
    """Return the columns of the board: one of each type, and texts with each policy."""
    found = [Rule("name", "name"), Rule("text_key"), Rule("text_batch", on_conflict="overwrite")]
    for policy in ("flag", "overwrite", "keep"):
        for on_null in ("keep", "clear"):
            found.append(Rule(f"text_{policy}_{on_null}", "text", on_null, policy))
    for type_name in POOLS:
        if type_name != "text":
            found.append(Rule(f"{type_name}_1", type_name, "keep", "flag"))
            found.append(Rule(f"{type_name}_2", type_name, "clear", "overwrite"))
    return found


RULES = rules()
SUB_RULES = [Rule("text_size"), Rule("numbers_qty", "numbers"), Rule("text_keep", "text", "clear", "keep")]
GROUP_WISHES = (None, None, None, None, "", "topics", "done")
POLICIES = [
    rule for rule in RULES
    if rule.id.startswith(("text_", "numbers_", "dropdown_")) and (rule.on_null == "keep" or rule.id == "text_flag_clear")
][2:]  # fmt: skip
"""What the two further desired models set."""


def _settings(type_name: str) -> str:
    return json.dumps({"board_relation": {"boardIds": [LINKED]}}.get(type_name, {}))


def write_project(root: Path) -> Workspace:
    """Write a project of one board with subitems and three desired models."""
    package(root)

    def model(name: str, meta: Mapping[str, Any], columns: Sequence[Rule]) -> dict[str, Any]:
        return {
            "name": name,
            "config": {"meta": {"monday": meta}},
            "columns": [
                {"name": rule.id, "config": {"meta": {"monday": {
                    "id": rule.id, "type": rule.type, "direction": "push", "on_null": rule.on_null, "on_conflict": rule.on_conflict,
                }}}}
                for rule in columns if rule.id != "name"
            ],
        }  # fmt: skip

    common = {"on_new": "create", "on_missing": "archive"}
    items = {
        "entity": "items",
        "board_id": BOARD,
        "key": "text_key",
        "batch_by": "text_batch",
        "timezone": "America/New_York",
    }
    contract = {"version": 2, "models": [
        model("mon_fuzz", items | common, RULES),
        model("mon_fuzz_subitems", {"entity": "subitems", "key": "text_size"} | common, SUB_RULES),
    ]}  # fmt: skip
    files = {"boards/fuzz.yml": yaml.safe_dump(contract)}
    for desired in ("items", "items__some", "items__by_id", "subitems"):
        files[f"models/desired/desired_fuzz_{desired}.sql"] = f"select * from shop.{desired}"
    refs = ", ".join(f"ref('desired_fuzz_{name}')" for name in ("items", "items__some", "items__by_id"))
    subs = "desired=[ref('desired_fuzz_subitems')], parents=ref('mon_fuzz')"
    for name, call in {
        "mon_fuzz": "opus_current_items(board='fuzz', items=ref('mon_items'))",
        "mon_fuzz_subitems": "opus_current_subitems(board='fuzz', items=ref('mon_items'))",
        "mon_fuzz_base": f"opus_base(board='fuzz', entity='items', current=ref('mon_fuzz'), desired=[{refs}])",
        "mon_fuzz_subitems_base": f"opus_base(board='fuzz', entity='subitems', current=ref('mon_fuzz_subitems'), {subs})",
        "staged_fuzz_items": f"opus_staged_items(board='fuzz', current=ref('mon_fuzz'), base=ref('mon_fuzz_base'), desired=[{refs}])",
        "staged_fuzz_subitems": "opus_staged_subitems(board='fuzz', current=ref('mon_fuzz_subitems'), "
        f"base=ref('mon_fuzz_subitems_base'), {subs}, staged_parents=ref('staged_fuzz_items'))",
    }.items():
        files[f"models/monday/fuzz/{name}.sql"] = f"{{{{ {call} }}}}"
    variables = {"opus_boards": {"fuzz": ["items", "subitems"]}, "opus_schema": "opus_sync"}
    files["dbt_project.yml"] = yaml.safe_dump({**PROJECT, "vars": variables})
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Workspace(root)


class World:
    """A board on monday and the warehouse beside it, with the memory of what the runner did."""

    def __init__(self, workspace: Workspace, seed: int, cases: int) -> None:
        self.workspace = workspace
        self.random = random.Random(seed)
        self.cases = cases
        self.seq = 0
        self.extract = ""
        self.next_id = 10_000
        self.board: dict[int, Item] = {}
        self.view: dict[int, Item] = {}
        self.sizes = [Form(size, size) for size in ("S", "M", "L", 'one, "size"')]
        self.items = Oracle(RULES, "text_key", "text_batch", "archive", frozenset(GROUPS[:2]))
        self.subitems = Oracle(SUB_RULES, "text_size", None, "archive", frozenset({"subs"}), Memory())
        self.subitems.memory.decisions = self.items.memory.decisions
        self.undone: dict[tuple[int, str], str | None] = {}
        self.main: list[Row] = []
        self.unmanaged: set[str] = set()
        self.writes: list[tuple[Oracle, int, str, str | None, str | None]] = []
        self.wanted: list[list[Row]] = []
        self.wanted_subitems: list[Row] = []
        for at in range(cases):
            for _ in range(1 if self.random.random() < 0.9 else 2):
                self.create(self.key(at), "topics", None)

    # What persons do on monday.

    def key(self, at: int) -> str:
        """Return the key of a case; now and then in other letters."""
        key = {0: "{at}", 1: '["{at}"]', 2: 'O\'Brien "{at}"', 3: "ÄÖ {at}", 4: "id:{at}"}.get(
            at % 20, "K{at}"
        ).replace("{at}", str(at))
        return key.swapcase() if self.random.random() < 0.02 else key

    def create(self, key: str | None, group: str, parent: int | None) -> Item:
        """Put an item on the board."""
        self.next_id += 1
        item = Item(self.next_id, f"Item {self.next_id}", group, {}, parent)
        own = "text_key" if parent is None else "text_size"
        for rule in RULES if parent is None else SUB_RULES:
            if rule.id not in ("name", own) and self.random.random() < 0.3:
                item.cells[rule.id] = self.value(rule)
        item.cells[own] = key
        self.board[item.id] = item
        return item

    def value(self, rule: Rule) -> str | None:
        """Return a value that a person may leave in a cell."""
        if rule.id == "text_batch":
            return self.random.choice(["ACME", "Zoe & Co", None])
        means = [form.means for form in POOLS[rule.type] if form.ok]
        return self.random.choice([*means, "Gone"] if rule.type == "status" else means)

    def edit(self, share: float) -> None:
        """Let persons edit, move, archive and add items."""
        for item in list(self.board.values()):
            dice = self.random.random()
            if item.id not in self.board or dice > share:
                continue
            if dice < share * 0.05:
                for gone in [item.id, *[one.id for one in self.board.values() if one.parent == item.id]]:
                    self.board.pop(gone, None)
            elif dice < share * 0.1 and item.parent is None:
                item.group = self.random.choice(GROUPS)
            elif dice < share * 0.13 and item.parent is None:
                item.cells["text_key"] = self.random.choice(
                    [None, "renamed", self.key(self.random.randrange(self.cases))]
                )
            else:
                for rule in self.random.sample(RULES[3:] if item.parent is None else SUB_RULES[1:], 2):
                    item.cells[rule.id] = self.value(rule)
                # Likelier than chance has it: somebody undoes what was written.
                written = [(column, old) for (one, column), old in self.undone.items() if one == item.id]
                for column, old in self.random.sample(written, len(written) // 3):
                    item.cells[column] = old
        for _ in range(int(self.cases * share * 0.1)):
            self.create(
                self.random.choice([None, f"new {self.next_id}", self.key(self.random.randrange(self.cases))]),
                "topics",
                None,
            )
        parents = [one.id for one in self.board.values() if one.parent is None]
        for _ in range(int(self.cases * share)):
            self.create(self.random.choice([*self.sizes, Form(None, None)]).means, "subs", self.random.choice(parents))

    def go_on(self) -> None:
        """Let one of the things happen that happen between two builds."""
        dice = self.random.randrange(6)
        if dice < 4:
            self.edit(0.1)
            done = self.push()
            print(f"pushed: {dict(done)}")
            if dice == 1:
                self.roll_back()
            if dice > 1:
                self.edit(0.2)
                self.pull()
        else:
            self.decide()
            self.edit(0.1)
            self.pull()
        if dice % 2:
            self.want()

    # What the desired side wants.

    def want(self) -> None:
        """Make new desired rows for some cases."""
        self.unmanaged = {rule.id for rule in self.random.sample(RULES[3:], 4) if rule not in POLICIES}
        main = [row for row in self.main if self.random.random() < 0.8]
        for at in range(self.cases):
            key = self.key(at)
            if any(row.cells["text_key"].means == key for row in main):
                continue
            if self.random.random() < 0.9:
                spelling = Form(key + "  ", key) if self.random.random() < 0.05 else Form(key, key)
                main += [self.row(spelling, RULES)] * (2 if self.random.random() < 0.01 else 1)
        main += [self.row(Form("", None), RULES)]
        keys = [row.cells["text_key"] for row in main if row.cells["text_key"].means] + [Form("nowhere", "nowhere")]
        some = [
            self.row(key, POLICIES, "some")
            for key in {one.text: one for one in self.random.sample(keys, len(keys) // 5)}.values()
        ]
        ids = self.random.sample(
            [item.id for item in self.view.values() if item.parent is None], min(len(self.view), self.cases) // 5
        )
        by_id = [replace(self.row(Form(None, None), POLICIES, "id"), item_id=one) for one in [*ids, 77]]
        self.main = main[:-1]
        self.wanted = [[replace(row, cells={c: form for c, form in row.cells.items() if c not in self.unmanaged}) for row in main], some, by_id]
        self.wanted_subitems = [
            replace(self.row(Form(size.text, size.means), SUB_RULES), parent_key=key.means, group=None)
            for key in self.random.sample(keys, len(keys) // 3)
            for size in self.random.sample(self.sizes, 2)
        ]

    def row(self, key: Form, rules: Sequence[Rule], what: str = "") -> Row:
        """Return a desired row: most cells want nothing."""
        own = "text_size" if rules is SUB_RULES else "text_key"
        cells = {}
        for rule in rules:
            if rule.id == own or (rule.id == "name" and what):
                continue
            cells[rule.id] = Form(None, None)
            if self.random.random() < (0.25 if not what else 0.1):
                cells[rule.id] = self.random.choice(POOLS["text"] if rule.type == "name" else POOLS[rule.type])
        # Bad forms stay rare, or no row would be VALID.
        worst = [column for column, form in cells.items() if not form.ok]
        for column in worst[1:] if self.random.random() < 0.15 else worst:
            cells[column] = Form(None, None)
        if "name" in cells and self.random.random() < 0.8:
            cells["name"] = Form(None, None)
        if rules is RULES:
            cells["text_batch"] = self.random.choice(same("ACME", "Zoe & Co") + forms(("", None)))
        if what != "id":
            cells[own] = key
        group = self.random.choice(GROUP_WISHES) if rules is not SUB_RULES else None
        if self.random.random() < 0.01 and rules is RULES:
            group = "nowhere"
        return Row(cells, None, group if what != "id" else None)

    # What stands in the warehouse.

    def tick(self) -> int:
        """Return the next seq of the board."""
        self.seq += 1
        return self.seq

    def append(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append rows to a table of the runner."""
        found = list(rows)
        with duckdb.connect(str(self.workspace.root / DATABASE)) as connection:
            insert(connection, f"opus_sync.{table}", found)

    def pull(self) -> None:
        """Take a new extract of the board."""
        seq = self.tick()
        self.extract = f"extract {seq}"
        self.view = deepcopy(self.board)
        boards = {BOARD: None, SUBITEM_BOARD: BOARD}
        common: dict[str, Any] = {"extract_id": self.extract}
        labels = [
            common | {"monday_board_id": BOARD, "column_id": rule.id, "label_id": str(at), "label": label, "is_deactivated": label == "Gone"}
            for rule in RULES if rule.type in ("status", "dropdown")
            # Done stands twice: once deactivated.
            for at, label in [*enumerate(LABELS)]
        ]  # fmt: skip
        labels += [one | {"label_id": "90", "is_deactivated": True} for one in labels if one["label"] == "Done"]
        users = (
            ("101", "ada", "active"),
            ("102", "grace", "ACTIVE"),
            ("103", "gone", "INACTIVE"),
            ("104", "twin", "ACTIVE"),
            ("105", "TWIN", "ACTIVE"),
        )
        self.append(
            "mon_raw_board",
            [
                common | {"monday_board_id": board, "parent_board_id": above, "first_day_of_week": "monday"}
                for board, above in boards.items()
            ],
        )
        self.append("mon_raw_group", [common | {"monday_board_id": BOARD, "group_id": group, "title": group, "archived": group == "old"} for group in GROUPS]
                    + [common | {"monday_board_id": SUBITEM_BOARD, "group_id": "subs", "title": "Subitems", "archived": False}])  # fmt: skip
        self.append("mon_raw_column", [
            common | {"monday_board_id": board, "column_id": rule.id, "column_type": rule.type, "settings": _settings(rule.type), "archived": False}
            for board, known in ((BOARD, RULES), (SUBITEM_BOARD, SUB_RULES)) for rule in known if rule.id != "name"
        ])  # fmt: skip
        self.append("mon_raw_label", labels)
        self.append(
            "mon_raw_user",
            [
                common | {"user_id": number, "email": f"{name}@example.com", "status": status}
                for number, name, status in users
            ],
        )
        self.append("mon_raw_team", [common | {"team_id": "501", "team_name": "Team One"}])
        self.append(
            "mon_raw_tag",
            [
                common | {"tag_id": number, "tag_name": name}
                for number, name in (("301", "urgent"), ("302", "two words"))
            ],
        )
        self.append("mon_raw_item", [
            common | {
                "monday_board_id": BOARD if item.parent is None else SUBITEM_BOARD, "monday_item_id": item.id,
                "parent_item_id": item.parent, "group_id": item.group, "item_name": item.name,
                "column_values": json.dumps(item.cells, ensure_ascii=False),
            }
            for item in self.view.values()
        ])  # fmt: skip
        self.append(
            "mon_extract", [common | {"board": "fuzz", "monday_board_id": BOARD, "status": "ACTIVE", "seq": seq}]
        )

    def link(self) -> None:
        """Pull another board, whose items relations point to."""
        self.append(
            "mon_extract",
            [{"extract_id": "linked", "board": "linked", "monday_board_id": LINKED, "status": "ACTIVE", "seq": 1}],
        )
        self.append(
            "mon_raw_item",
            [
                {"extract_id": "linked", "monday_board_id": LINKED, "monday_item_id": one, "column_values": "{}"}
                for one in (5001, 5002)
            ],
        )

    def order(self) -> None:
        """Write the desired tables."""
        names = dict(zip(("items", "items__some", "items__by_id"), self.wanted, strict=True)) | {
            "subitems": self.wanted_subitems
        }
        with duckdb.connect(str(self.workspace.root / DATABASE)) as connection:
            connection.execute("create schema if not exists shop")
            for name, rows in names.items():
                known = {"subitems": SUB_RULES, "items": RULES}.get(
                    name, [RULES[1], *POLICIES] if name == "items__some" else POLICIES
                )
                columns = [("item_name" if rule.id == "name" else rule.id) for rule in known if name != "items" or rule.id not in self.unmanaged]
                if name.startswith("items"):
                    columns.append("monday_item_id" if name == "items__by_id" else "group_id")
                else:
                    columns.append("parent_key")
                connection.execute(
                    f"create or replace table shop.{name} ({', '.join(column + ' varchar' for column in columns)})"
                )
                insert(connection, f"shop.{name}", [
                    {("item_name" if column == "name" else column): form.text for column, form in row.cells.items()}
                    | {"monday_item_id": row.item_id, "group_id": row.group, "parent_key": row.parent_key}
                    for row in rows
                ], columns)  # fmt: skip

    # What the runner does.

    def push(self) -> Counter[str]:
        """Send some of the staged rows, as the runner would put it on record."""
        done: Counter[str] = Counter()
        operations: list[dict[str, Any]] = []
        audit: list[dict[str, Any]] = []
        created: dict[str, int] = {}
        for entity, oracle in (("items", self.items), ("subitems", self.subitems)):
            for row in self.staged_rows(entity):
                if row["validation_status"] != "VALID" or row["hold_reason"] or self.random.random() < 0.3:
                    continue
                if entity == "subitems" and row["update_operation"] == "CREATE":
                    row["parent_item_id"] = row["parent_item_id"] or created.get(row["parent_key"])
                    if row["parent_item_id"] not in self.board:
                        continue
                fields, old = json.loads(row["update_fields"]), json.loads(row["old_fields"])
                item = self.board.get(row["monday_item_id"])
                event = self.random.choices(("SUCCEEDED", "FAILED", "NOT_APPLIED"), (85, 8, 7))[0]
                if row["update_operation"] != "CREATE":
                    if item is None:
                        event = "FAILED"
                    elif any(
                        column[0] != "$" and item.cell(rule) != old[column]
                        for rule in oracle.rules
                        for column in old
                        if column == rule.id
                    ):
                        event = "CONFLICT"
                done[event] += 1
                seq = self.tick()
                operations.append(
                    {"board": "fuzz", "seq": seq, "operation_id": f"op{seq}", "stg_id": row["stg_id"], "event": event}
                )
                identity = staged(row).identity
                oracle.memory.failed.pop(identity, None)
                if event == "FAILED":
                    oracle.memory.failed[identity] = seq
                if event == "SUCCEEDED":
                    audit += self.write(oracle, row, fields, old, created)
        self.append("mon_operation_event", operations)
        self.append("mon_update_audit_log", audit)
        return done

    def write(
        self,
        oracle: Oracle,
        row: Mapping[str, Any],
        fields: dict[str, Any],
        old: dict[str, Any],
        created: dict[str, int],
    ) -> list[dict[str, Any]]:
        """Carry a staged row out on the board, and return its audit rows."""
        operation, item_id = row["update_operation"], row["monday_item_id"]
        if operation == "CREATE":
            self.next_id += 1
            item_id = created[row["record_key"]] = self.next_id
            group = row["group_id"] or ("topics" if oracle is self.items else "subs")
            cells = {"$state": "active", "name": row["item_name"], "$group": group}
            if oracle is self.subitems:
                cells["$parent"] = str(row["parent_item_id"])
            cells |= fields
            for place in (self.board, self.view):
                place[item_id] = Item(item_id, row["item_name"], group, dict(fields), row["parent_item_id"])
        else:
            cells = fields
            for place in (self.board, self.view):
                if operation == "ARCHIVE":
                    for gone in [item_id, *[one.id for one in place.values() if one.parent == item_id]]:
                        place.pop(gone, None)
                elif item_id in place:
                    self.set(place[item_id], cells)
        for rule in oracle.rules:
            if rule.id in cells:
                new = "false" if rule.type == "checkbox" and cells.get(rule.id) is None else cells.get(rule.id)
                oracle.memory.wrote(item_id, rule.id, old.get(rule.id), new, self.seq)
                if operation == "UPDATE" and rule.id not in ("name", "text_key", "text_size"):
                    self.undone[item_id, rule.id] = old.get(rule.id)
                    self.writes.append((oracle, item_id, rule.id, old.get(rule.id), new))
        return [self.audit(oracle, item_id, column, old.get(column), new) for column, new in cells.items()]

    def set(self, item: Item, cells: Mapping[str, Any]) -> None:
        """Write cells of an item."""
        for column, value in cells.items():
            if column == "name":
                item.name = value
            elif column == "$group":
                item.group = value
            else:
                item.cells[column] = value

    def audit(
        self,
        oracle: Oracle,
        item_id: int,
        column: str,
        old: str | None,
        new: str | None,
        rollback_of: str | None = None,
    ) -> dict[str, Any]:
        """Return an audit row."""
        seq = self.tick()
        if (item_id, column) in oracle.memory.written:
            oracle.memory.written[item_id, column] = seq
        return {
            "audit_id": f"a{seq}", "seq": seq, "board": "fuzz", "extract_id": self.extract, "monday_item_id": item_id,
            "update_type": "update_items" if oracle is self.items else "update_subitems",
            "monday_board_id": BOARD if oracle is self.items else SUBITEM_BOARD, "column_id": column, "old_value": old,
            "new_value": new, "update_timestamp": AT, "rollback_of": rollback_of,
        }  # fmt: skip

    def roll_back(self) -> None:
        """Take a few cells back that still hold what was written."""
        audit = []
        last: dict[tuple[int, int, str], Any] = {(id(one[0]), one[1], one[2]): one for one in self.writes}
        for oracle, item_id, column, old, new in self.random.sample(list(last.values()), len(last) // 10):
            rule = next(one for one in oracle.rules if one.id == column)
            item = self.board.get(item_id)
            if (
                item is None
                or item.cell(rule) != new
                or item_id not in self.view
                or (item_id, column) in oracle.memory.rolled_back
                or column in ("text_key", "text_size")
            ):
                continue
            for place in (self.board, self.view):
                self.set(place[item_id], {column: old})
            audit.append(self.audit(oracle, item_id, column, new, old, "a0"))
            oracle.memory.wrote(item_id, column, new, old, self.seq, back=True)
        self.append("mon_update_audit_log", audit)

    def decide(self) -> None:
        """Hold and release some records, cells and batches; release conflicts as the runner does."""
        decisions = []
        for entity in ("items", "subitems"):
            for row in self.staged_rows(entity):
                key = row["record_key"]
                if key is None or self.random.random() > 0.15:
                    continue
                column = self.random.choice([None, None, *json.loads(row["update_fields"])])
                column = None if column and column.startswith("$") else column
                if row["hold_reason"]:
                    decisions.append(self.decision("RELEASE", None, key, column, None))
                    if row["hold_reason"] == "CONFLICT":
                        decisions += [
                            self.decision("RELEASE", None, key, one, old or "")
                            for one, old in json.loads(row["old_fields"]).items()
                            if column in (None, one)
                        ]
                elif self.random.random() < 0.3:
                    decisions.append(self.decision("HOLD", None, key, column, None))
        decisions.append(
            self.decision(self.random.choice(["HOLD", "RELEASE", "RELEASE"]), "Zoe & Co", None, None, None)
        )
        self.append("mon_decision", decisions)

    def decision(
        self, word: str, batch: str | None, key: str | None, column: str | None, seen: str | None
    ) -> dict[str, Any]:
        """Return a row of mon_decision."""
        seq = self.tick()
        self.items.memory.decisions[batch, key, column] = (word, seen, seq)
        scope = "batch_key" if batch else "column" if column else "record_key"
        return {
            "seq": seq,
            "board": "fuzz",
            "decision": word,
            "scope": scope,
            "batch_key": batch,
            "record_key": key,
            "column_id": column,
            "value_seen": seen,
        }

    # What is compared.

    def staged_rows(self, entity: str) -> list[dict[str, Any]]:
        """Return the staged rows of the last build."""
        with duckdb.connect(str(self.workspace.root / DATABASE), read_only=True) as connection:
            found = connection.execute(f"select * from main.staged_fuzz_{entity} order by stg_id")
            names = [one[0] for one in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def build(self) -> list[str]:
        """Build, and return how the staged rows differ from what the oracle says."""
        self.order()
        done = self.workspace.dbt("run")
        assert done.code == 0, done.out
        parents = {item.id: item for item in self.view.values() if item.parent is None}
        keys = {item.id: item.cells.get("text_key") for item in parents.values()}
        below = {item.id: item for item in self.view.values() if item.parent is not None}
        items = self.items.build(parents, self.wanted)
        new = {row.key: row for row in items if row.operation == "CREATE" and row.key}
        self.subitems.batches = (
            {row.key: row.batch for row in new.values()}
            | {keys[item.id]: item.cells.get("text_batch") for item in parents.values()}
            | {item.id: item.cells.get("text_batch") for item in parents.values()}
        )
        subitems = self.subitems.build(below, [self.wanted_subitems], keys, new)
        self.items.see(parents, self.unmanaged)
        self.subitems.see(below, set())
        return self.differences("items", items) + self.differences("subitems", subitems)

    def differences(self, entity: str, wanted: Iterable[Staged]) -> list[str]:
        """Return a line for each staged row that is missing, too much or otherwise than it should be."""
        rows = self.staged_rows(entity)
        found: dict[Any, list[Staged]] = {}
        raw = {}
        for row in rows:
            one = staged(row)
            if not_compared(one):
                continue
            raw[known_by(one)] = row
            found.setdefault(known_by(one), []).append(one)
        expected: dict[Any, list[Staged]] = {}
        for one in wanted:
            if not_compared(one):
                continue
            expected.setdefault(known_by(one), []).append(one)
        out = []
        for known in sorted({*found, *expected}, key=str):
            here, there = [sorted(map(shown, side.get(known, [])), key=str) for side in (found, expected)]
            if here != there:
                errors = (raw.get(known) or {}).get("validation_errors")
                out.append(f"{entity} {known}: {apart(there, here)}{'' if errors is None else chr(10) + '  errors ' + errors}")
        return out


def known_by(row: Staged) -> tuple[str, str | None]:
    """Return what a row is told by; of an invalid key any spelling may be shown."""
    return row.operation, None if row.key is None else row.key.lower().strip()


def not_compared(row: Staged) -> bool:
    """Where a row is wrong as a whole, whether it would also have moved is nobody's business."""
    return row.operation == "MOVE" and row.status == "INVALID"


def shown(row: Staged) -> dict[str, Any]:
    """Return what is compared: of a row that is not VALID only that."""
    if row.status != "VALID":
        return {"status": row.status}
    pseudo = {"status": row.status, "key": row.key, "hold": row.hold, "item": row.item_id, "group": row.group, "name": row.name, "batch": row.batch}
    return pseudo | {f"cell {column}": value for column, value in row.fields.items()}


def apart(expected: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]]) -> str:
    """Return where two lists of rows differ, a line for each part of a row."""
    if len(expected) != 1 or len(got) != 1:
        return f"\n  expected {[*expected]}\n  got      {[*got]}"
    here, there = got[0], expected[0]
    parts = [part for part in {**there, **here} if here.get(part, "-") != there.get(part, "-")]
    if "status" in parts:
        return f"\n  status: expected {there['status']}, got {here['status']}"
    return "".join(f"\n  {part}: expected {str(there.get(part, 'nothing'))[:90]!r}, got {str(here.get(part, 'nothing'))[:90]!r}" for part in parts)


def staged(row: Mapping[str, Any]) -> Staged:
    """Return a staged row of the warehouse as the oracle has them."""
    return Staged(
        row["update_operation"], row["record_key"], row["validation_status"], row["hold_reason"], row["monday_item_id"],
        row["group_id"], row["item_name"], json.loads(row["update_fields"]), row["customer_batch"],
    )  # fmt: skip


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()
) -> None:
    """Insert rows in one go."""
    if not rows:
        return
    names = list(columns) or list(rows[0])
    connection.begin()
    places = ", ".join("?" for _ in names)
    for at in range(0, len(rows), 100):
        part = rows[at : at + 100]
        values = ", ".join(f"({places})" for _ in part)
        connection.execute(
            f"insert into {table} ({', '.join(names)}) values {values}",
            [row.get(name) for row in part for name in names],
        )
    connection.commit()


def play(root: Path, seed: int, cases: int, rounds: int) -> list[str]:
    """Let a few rounds go by; return the differences of the first build that has some."""
    workspace = write_project(root)
    workspace.change("create schema if not exists shop")
    for name in ("items", "items__some", "items__by_id", "subitems"):
        workspace.change(f"create table shop.{name} (text_key varchar, parent_key varchar, text_size varchar)".replace(
            "(text_key", "(monday_item_id varchar, text_key" if name == "items__by_id" else "(text_key").replace(
            "text_key varchar, parent_key" if name == "subitems" else "parent_key varchar, text_size varchar", "parent_key" if name == "subitems" else "group_id varchar"))  # fmt: skip
    done = workspace.dbt("run", "--select", "mon_sync_point")
    assert done.code == 0, done.out
    world = World(workspace, seed, cases)
    world.link()
    world.pull()
    world.want()
    for at in range(rounds):
        differences = world.build()
        if differences:
            return [f"seed {seed}, build {at}: {len(differences)} rows differ", *differences]
        world.go_on()
    return []


@pytest.mark.parametrize("seed", [int(os.environ.get("OPUS_FUZZ_SEED", "1"))])
def test_staged_rows_are_what_the_design_says(seed: int, tmp_path: Path) -> None:
    """Each case is an item of its own: what is staged for it follows from the rules alone."""
    found = play(tmp_path / "fuzz", seed, cases=250, rounds=5)
    assert not found, "\n".join(found[:12])
