"""Whatever stands in a contract, the answer is boards or problems."""

import copy
import datetime
import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from opus_sync.contract import load_boards
from opus_sync.errors import ConfigurationError

from .contracts import PLANNING

CONTRACT = yaml.safe_load(PLANNING)


def _paths(value, path=()):
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from _paths(inner, (*path, step))


def _replaced(path, value):
    if not path:
        return value
    data = copy.deepcopy(CONTRACT)
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return data


values = st.sampled_from(
    [
        *(None, True, 0, 5, 1.5, "", "x", "{{ x }}", datetime.date(2026, 1, 1)),
        *([], ["x"], [None], [[1]], {}, {"x": 1}, {1: 2}, {"name": "x"}),
        [{"name": "x", "config": {"meta": {"monday": {}}}}],
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([*_paths(CONTRACT)]), values)
def test_any_value_anywhere_is_read_or_reported(path, value):
    """No shape of a value ends in a traceback, and each problem is one line."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "planning.yml").write_text(yaml.safe_dump(_replaced(path, value)), "utf-8")
        try:
            load_boards(Path(folder), variables={}, known_settings={"max_batch_size"})
        except ConfigurationError as error:
            assert error.problems
            assert not any("\n" in str(problem) for problem in error.problems)
