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
LABELS = ("Todo", "Doing", "Done", "It's \"x\", [y]", "5", "Gone")


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
POLICIES = [rule for rule in RULES if rule.id.startswith(("text_", "numbers_", "checkbox_", "dropdown_"))][2:]


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
    items = {"entity": "items", "board_id": BOARD, "key": "text_key", "batch_by": "text_batch", "timezone": "America/New_York"}
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
