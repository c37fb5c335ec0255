"""The JSON Schema that editors and the loader share."""

import json
from importlib import resources
from pathlib import Path

from jsonschema import Draft202012Validator

from opus_sync.columns import TYPES

ROOT = Path(__file__).resolve().parents[4]
PACKAGED = resources.files("opus_sync.contract").joinpath("board.schema.json").read_text("utf-8")
SCHEMA = json.loads(PACKAGED)


def test_the_editors_schema_is_the_loaders():
    """`boards/board.schema.json` is a copy of the packaged one, which an installed runner reads."""
    assert (ROOT / "boards" / "board.schema.json").read_text("utf-8") == PACKAGED


def test_the_schema_is_valid_and_knows_every_column_type():
    """Draft 2020-12; the list of types is the table's."""
    Draft202012Validator.check_schema(SCHEMA)
    assert sorted(SCHEMA["$defs"]["monday_column"]["properties"]["type"]["enum"]) == sorted(TYPES)


def test_every_key_below_monday_is_described():
    """Editors show the description, the contract reference is written from it."""
    for name in ("monday_model", "monday_column"):
        for key, rule in SCHEMA["$defs"][name]["properties"].items():
            assert rule.get("description"), key
