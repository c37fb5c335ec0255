"""Contracts become boards, or a list of problems."""

import pytest

from opus_sync.contract import AgeLimit, Column, Guards, Limit, load_boards
from opus_sync.errors import ConfigurationError, UsageError

from .contracts import PLANNING, changed, load, problems


def test_a_contract_becomes_a_board(tmp_path):
    """Names are spelt as the columns are, defaults are filled in, dbt's own properties are left alone."""
    (board,) = load(tmp_path, planning=PLANNING)
    assert (board.name, board.file, board.enabled, board.account) == (
        "planning",
        "boards/planning.yml",
        True,
        None,
    )
    assert (board.batch_by, board.timezone, board.settings) == (
        "CUSTOMER",
        "Europe/Berlin",
        {"max_batch_size": 50},
    )
    assert (board.items.model, board.items.key) == ("mon_planning", ("AAG ORDER NUMBER",))
    assert board.items.column("order qty") == Column(
        name="ORDER QTY",
        id="numbers_1",
        type="numbers",
        direction="push",
        on_null="clear",
        on_conflict="overwrite",
        description="Pieces.",
        line=27,
    )
    assert board.items.by_id()["formula_1"].direction == "pull"
    assert board.items.by_id()["drop_1"].create_labels
    assert board.items.column("Title") is None
    assert board.items.column("Age").column_type.writable is False


def test_items_and_subitems_have_rules_of_their_own(tmp_path):
    """What is to be archived among items says nothing about their subitems."""
    (board,) = load(tmp_path, planning=PLANNING)
    assert board.subitems.key == ("Size", "Title")
    assert (board.items.on_new, board.items.on_missing) == ("create", "archive")
    assert (board.subitems.on_new, board.subitems.on_missing) == ("ignore", "ignore")
    (board,) = load(tmp_path, planning=changed(("key: [size, Title]", "key: Size\n          on_missing: delete")))
    assert (board.subitems.on_new, board.subitems.on_missing) == ("ignore", "delete")


def test_the_board_id_may_depend_on_the_target(tmp_path):
    """A target without an id says which targets have one."""
    (board,) = load(tmp_path, planning=changed(("8709134353", "{prod: 123, sandbox: 456}")))
    assert board.board_id("sandbox") == 456
    with pytest.raises(ConfigurationError) as raised:
        board.board_id("dev")
    assert raised.value.message == (
        "boards/planning.yml:12 board_id: no board id for the dbt target 'dev', only for prod, sandbox"
    )
    (board,) = load(tmp_path, planning=PLANNING)
    assert board.board_id("anything") == 8709134353


def test_guards_are_the_defaults_with_what_the_contract_says_over_them(tmp_path):
    """A map changes what it names; `off` takes a guard away, quoted or not, as YAML reads it."""
    (board,) = load(tmp_path, planning=PLANNING)
    assert board.guards == Guards()
    guards = '{removals: {share: 0.3}, creates: off, changes: "off", extract_age: {hours: 4}}'
    (board,) = load(tmp_path, planning=changed(("timezone: Europe/Berlin", f"guards: {guards}")))
    assert board.guards.removals == Limit(share=0.3, count=500, base=10)
    assert (board.guards.creates, board.guards.changes) == (None, None)
    assert board.guards.cleared_cells == Guards().cleared_cells
    assert board.guards.extract_age == AgeLimit(4)


def test_disabled_boards_are_loaded_too(tmp_path):
    """Whether a board takes part is decided by the selection."""
    (board,) = load(tmp_path, planning=changed(("entity: items", "entity: items\n          enabled: false")))
    assert board.enabled is False


def test_a_project_without_boards_folder_is_a_usage_error(tmp_path):
    """The message names the folder and the way out."""
    with pytest.raises(UsageError, match=r"there is no folder boards/ in .*\n.*--project-dir"):
        load_boards(tmp_path / "boards", variables={}, known_settings=())


def test_all_problems_of_all_files_come_at_once(tmp_path):
    """Sorted by file and line."""
    found = problems(
        tmp_path,
        broken="models: [",
        empty="# nothing\n",
        planning=changed(("type: numbers", "type: numbres"), ("on_new: create", "on_new: creat")),
    )
    assert found == [
        "boards/broken.yml:1: not valid YAML: while parsing a flow node, expected the node content, but found"
        " '<stream end>'",
        "boards/empty.yml:1: the file is empty",
        "boards/planning.yml:15 mon_planning: unknown on_new 'creat', did you mean 'create'?",
        "boards/planning.yml:33 columns.ORDER QTY: unknown type 'numbres', did you mean 'numbers'?",
    ]


def test_one_board_has_one_contract(tmp_path):
    """For each dbt target; a plain number holds for all of them."""
    other = PLANNING.replace("mon_planning", "mon_other")
    assert problems(tmp_path, other=other, planning=PLANNING) == [
        "boards/planning.yml:12 mon_planning: board 8709134353 has a contract already: boards/other.yml:12"
    ]
    mapped = other.replace("8709134353", "\n            prod: 1\n            dev: 8709134353")
    assert problems(tmp_path, other=mapped, planning=PLANNING) == [
        "boards/planning.yml:12 mon_planning: board 8709134353 has a contract already: boards/other.yml:14"
    ]
    apart = changed(("8709134353", "{prod: 8709134353, dev: 1}"))
    assert problems(tmp_path, other=mapped, planning=apart) == []
    together = changed(("8709134353", "{prod: 2, dev: 8709134353}"))
    assert problems(tmp_path, other=mapped, planning=together) == [
        "boards/planning.yml:12 mon_planning: board 8709134353 has a contract already: boards/other.yml:14"
    ]


def test_the_list_of_boards_in_the_variables_must_agree(tmp_path):
    """Models over all boards read the var; a board it leaves out would be missing there."""
    (tmp_path / "dbt_project.yml").write_text("name: x\nvars:\n  opus_boards: {plannin: [items]}\n", "utf-8")
    assert problems(tmp_path, {"opus_boards": {"plannin": ["items"]}}, planning=PLANNING) == [
        "dbt_project.yml:3 vars.opus_boards: there is no boards/plannin.yml, did you mean 'planning'?",
        "dbt_project.yml:3 vars.opus_boards: board 'planning' is not listed; models over all boards would leave it out",
    ]
    assert problems(tmp_path, {"opus_boards": "planning"}, planning=PLANNING) == [
        "dbt_project.yml:3 vars.opus_boards: must map each board to its entities, as `planning: [items, subitems]`"
    ]
    listed = problems(tmp_path, {"opus_boards": {"planning": ["subitems"]}}, planning=PLANNING)
    assert listed == [
        "dbt_project.yml:3 vars.opus_boards: board 'planning' lists ['subitems'],"
        " its contract has ['items', 'subitems']"
    ]
    disabled = changed(("entity: items", "entity: items\n          enabled: false"))
    assert problems(tmp_path, {"opus_boards": {}}, planning=disabled) == []
