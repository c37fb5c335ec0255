"""Each mistake in a contract, with its line and the way out."""

import pytest

from opus_sync.contract import load_boards
from opus_sync.errors import ConfigurationError

from .contracts import PLANNING, changed, problems

ZONE = "timezone: Europe/Berlin"
KEY = 'key: "AAG ORDER NUMBER"'
SIZE = "id: size_1, type: text, direction: push"
ORDER = "id: text_mk1, type: text, direction: push"

MISTAKES = {
    # Keys and values anywhere below monday.
    "unknown key": (
        ("batch_by:", "batch_bye:"),
        ["14 mon_planning: unknown key 'batch_bye', did you mean 'batch_by'?"],
    ),
    "unknown column key": (
        ("create_labels: true", "create_label: true"),
        ["26 columns.CUSTOMER: unknown key 'create_label', did you mean 'create_labels'?"],
    ),
    "unknown setting": (
        ("max_batch_size: 50", "max_batchsize: 50"),
        ["18 mon_planning: unknown setting 'max_batchsize', did you mean 'max_batch_size'?"],
    ),
    "wrong entity": (
        ("entity: subitems", "entity: subitem"),
        ["43 mon_planning_subitems: unknown entity 'subitem', did you mean 'subitems'?"],
    ),
    "misspelt config": (
        ("    config:\n      tags", "    confg:\n      tags"),
        ["4 mon_planning: 'config' is missing, did you mean 'confg'?"],
    ),
    "column without id": (("id: formula_1, ", ""), ["38 columns.Age: 'id' is missing"]),
    "column without monday": (
        ("  config: {meta: {monday: {id: formula_1, type: formula}}}\n", "  description: x\n"),
        [
            "37 columns.Age: config.meta.monday with id and type is missing; known: Group, Item ID, Title,"
            " UpdateDate, column_values, group_id (only system columns go without)"
        ],
    ),
    "board without id": (
        ("          board_id: 8709134353\n", ""),
        ["10 mon_planning: 'board_id' is missing"],
    ),
    "board id as text": (
        ("8709134353", "'8709134353'"),
        ["12 mon_planning: board_id must be a whole number or a mapping, not '8709134353'"],
    ),
    "board id by Jinja": (
        ("8709134353", "\"{{ var('id') }}\""),
        ["12 mon_planning: board_id must be a whole number or a mapping; Jinja is not rendered here"],
    ),
    "board id of zero": (("8709134353", "0"), ["12 mon_planning: board_id must be 1 or more, not 0"]),
    "board id of a target": (
        ("8709134353", "{prod: -1, 5: 6}"),
        [
            "12: the key '5' is not text; write it in quotes",
            "12 mon_planning: prod must be 1 or more, not -1",
        ],
    ),
    "no board id at all": (("8709134353", "{}"), ["12 mon_planning: board_id is an empty mapping"]),
    "name as number": (("name: Age", "name: 5"), ["37 columns[4]: name must be text; write it in quotes"]),
    "empty value": (
        ("Europe/Berlin", ""),
        ["17 mon_planning: timezone is empty; it must be text"],
    ),
    "account": (
        ("entity: items", "entity: items\n          account: a-b"),
        ["12 mon_planning: account 'a-b' may hold only letters, digits and _"],
    ),
    "board settings on subitems": (
        ("entity: subitems", "entity: subitems\n          batch_by: Size"),
        ["44 mon_planning_subitems: batch_by belongs on the items model, not on the subitems"],
    ),
    "subitem columns on items": (
        ("entity: items", "entity: items\n          order_qty: ORDER QTY"),
        ["12 mon_planning: order_qty belongs on the subitems model, not on the items"],
    ),
    "size without column": (
        ("entity: subitems", "entity: subitems\n          size_label: Sise"),
        ["44 mon_planning_subitems: size_label names no column of the model: 'Sise', did you mean 'Size'?"],
    ),
    "no models": (("models:\n", "model:\n"), ["1: 'models' is missing, did you mean 'model'?"]),
    "wrong version": (("version: 2", "version: 1"), ["2: version must be 2, not 1"]),
    "unknown guard": (
        (ZONE, "guards: {deletes: {share: 0.1}}"),
        [
            "17 mon_planning: unknown key 'deletes'; known: changes, cleared_cells, creates, extract_age, group_items, "
            "removals"
        ],
    ),
    "unknown limit": (
        (ZONE, "guards:\n            removals: {share: 0.1}\n            creates: {counts: 5}"),
        ["19 mon_planning: unknown key 'counts', did you mean 'count'?"],
    ),
    "share in per cent": (
        (ZONE, "guards: {removals: {share: 10}}"),
        ["17 mon_planning: share must be 1 or less, not 10"],
    ),
    "half a row": (
        (ZONE, "guards: {removals: {count: 1.5}}"),
        ["17 mon_planning: count must be a whole number, not 1.5"],
    ),
    "guard that is on": (
        (ZONE, "guards: {creates: maybe, removals: on}"),
        [
            "17 mon_planning: creates must be a map of limits, or off, not 'maybe'",
            "17 mon_planning: removals must be a map of limits, or off, not True",
        ],
    ),
    "limit that nothing reaches": (
        (ZONE, "guards: {removals: {share: .nan}}"),
        ["17 mon_planning: share of removals must be a number, is nan; `removals: off` takes it away"],
    ),
    "age as a share": (
        (ZONE, "guards: {extract_age: {share: 1}}"),
        ["17 mon_planning: unknown key 'share'; known: hours"],
    ),
    # Models.
    "model name": (
        ("name: mon_planning\n", "name: mon_plan\n"),
        ["4 mon_plan: the items model must be named 'mon_planning', as the file is"],
    ),
    "two items models": (
        ("entity: subitems", "entity: items\n          board_id: 5"),
        ["43 mon_planning_subitems: a second items model; a board has one"],
    ),
    "unknown timezone": (
        ("Europe/Berlin", "Europe/Berln"),
        ["17 mon_planning: unknown timezone 'Europe/Berln', did you mean 'Europe/Berlin'?"],
    ),
    "timezone that is a folder": (
        ("Europe/Berlin", "../etc"),
        ["17 mon_planning: unknown timezone '../etc'"],
    ),
    "key": (
        (KEY, "key: AAG ORDER NUMBR"),
        [
            "13 mon_planning: key names no column of the model: 'AAG ORDER NUMBR',"
            " did you mean 'AAG ORDER NUMBER'?"
        ],
    ),
    "creating without key": (
        (f"          {KEY}\n", ""),
        ["14 mon_planning: on_new: create needs a key", "15 mon_planning: on_missing: archive needs a key"],
    ),
    "key that cannot be looked up": (
        (ORDER, "id: text_mk1, type: rating, direction: push"),
        [
            "13 mon_planning: on_new: create needs a key that can be looked up on monday;"
            " 'AAG ORDER NUMBER' of type rating cannot"
        ],
    ),
    "key that is only read": (
        (ORDER, "id: text_mk1, type: text"),
        [
            "24 columns.AAG ORDER NUMBER: on_new: create writes the key of a new row;"
            " the key column needs direction: push"
        ],
    ),
    "batch_by": (
        ("batch_by: customer", "batch_by: costumer"),
        ["14 mon_planning: batch_by names no column of the model: 'costumer', did you mean 'CUSTOMER'?"],
    ),
    # Columns.
    "read-only type": (
        ("id: formula_1, type: formula", "id: formula_1, type: formula, direction: push"),
        ["38 columns.Age: direction is push, but type formula is read-only on monday"],
    ),
    "labels of a text column": (
        (SIZE, SIZE + ", create_labels: true"),
        ["47 columns.Size: create_labels is for status and dropdown, not for text"],
    ),
    "item name as column": (
        ("id: formula_1, type: formula", "id: name, type: name"),
        ["38 columns.Age: the item's name is the system column Title; leave this column out"],
    ),
    "same id": (("id: formula_1", "id: drop_1"), ["38 columns.Age: id 'drop_1' stands already in line 26"]),
    "same name": (
        ("name: Age", "name: customer"),
        ["37 columns.customer: the name stands already in line 25 (case does not count)"],
    ),
    "system column": (
        ("name: Age", "name: item id"),
        ["37 columns.item id: the name has a meaning of its own in the current tables;"
            " write 'item id_formula_1'"],
    ),
    "desired column": (
        ("name: Age", "name: Item_Name"),
        ["37 columns.Item_Name: the name has a meaning of its own in desired models;"
            " write 'Item_Name_formula_1'"],
    ),
    "staging column": (
        ("name: Age", "name: STG_Status"),
        ["37 columns.STG_Status: the name has a meaning of its own in the staging tables;"
            " write 'STG_Status_formula_1'"],
    ),
    "unsafe name": (
        ("name: Age", 'name: "{{ x }}\\n[y]"'),
        [
            "37 columns.'{{ x }}\\n[y]': the name holds quotes, brackets, Jinja, control characters or outer"
            " spaces; write '_ x ___y_'"
        ],
    ),
    "long name": (
        ("name: Age", f"name: {'x' * 64}"),
        [f"37 columns.{'x' * 64}: the name is longer than 63 bytes; write '{'x' * 53}_formula_1'"],
    ),
    "hostile id": (
        ("id: formula_1", "id: \"a'b\""),
        ['38 columns.Age: id "a\'b" is no column id; they look like text_mk1'],
    ),
    # YAML.
    "duplicate key": (
        ("on_new: create", "on_new: create\n          on_new: ignore"),
        ["16: key 'on_new' stands already in line 15"],
    ),
    "tab": (
        ("          on_new", "\ton_new"),
        [
            "15: not valid YAML: while scanning for the next token,"
            " found character '\\t' that cannot start any token"
        ],
    ),
    "control character": (("Pieces.", "a\x08b"), ["28: character '\\x08' is not allowed in YAML"]),
    "alias of itself": (("tags: [daily]", "tags: &a [*a]"), ["7: not valid YAML: an alias contains itself"]),
    "tag": (
        ("[daily]", "!secret x"),
        ["7: not valid YAML: could not determine a constructor for the tag '!secret'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path, change, expected):
    """Each problem says file, line, place, what is wrong and, where it is known, what is meant."""
    assert problems(tmp_path, planning=changed(change)) == [f"boards/planning.yml:{text}" for text in expected]


def test_the_contract_itself_has_no_problems(tmp_path):
    """Each mistake above is the only one."""
    assert problems(tmp_path, planning=PLANNING) == []


@pytest.mark.parametrize("name", ["Planning", "1st", "a-b", "x" * 41, "items", "raw_item", "x_base", "x_subitems"])
def test_a_file_name_must_make_model_names(tmp_path, name):
    """The board's name becomes part of the names of models and tables."""
    text = PLANNING.replace("mon_planning", f"mon_{name}")
    (problem,) = problems(tmp_path, **{name: text})
    assert problem.startswith(f"boards/{name}.yml:1: the file name ")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"version: 2\n# \xff\n", "boards/x.yml:2: the file is not UTF-8"),
        (b"[" * 100_000, "boards/x.yml:1: not valid YAML: nested too deeply"),
        (b"- a\n", "boards/x.yml:1: the file must be a mapping, not a list"),
        (b"models: []\n", "boards/x.yml:1: models is an empty list"),
        (b"a: 1\n---\nb: 2\n", "boards/x.yml:2: not valid YAML: expected a single document in the stream"),
    ],
)
def test_a_file_that_is_no_contract(tmp_path, content, expected):
    """Files that cannot be read are problems like any other."""
    (tmp_path / "boards").mkdir()
    (tmp_path / "boards" / "x.yml").write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        load_boards(tmp_path / "boards", variables={}, known_settings=())
    assert str(raised.value).startswith(expected)


def test_a_contract_with_the_other_ending_is_not_passed_over(tmp_path):
    """dbt reads .yaml as well, so a contract of that name would be half in force."""
    (tmp_path / "boards").mkdir()
    (tmp_path / "boards" / "x.yaml").write_text(PLANNING, "utf-8")
    assert problems(tmp_path) == ["boards/x.yaml:1: contracts end in .yml; rename the file"]


def test_anchors_and_merge_keys_are_read_as_dbt_reads_them(tmp_path):
    """An explicit key wins over a merged one and is no duplicate."""
    text = changed(
        ("tags: [daily]", "tags: &tags [daily]\n      other: &o {a: 1}\n      more: {<<: *o, a: 2, t: *tags}")
    )
    assert problems(tmp_path, planning=text) == []
