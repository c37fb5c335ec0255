"""A contract to vary in tests."""

from pathlib import Path

from opus_sync.contract import Board, load_boards
from opus_sync.errors import ConfigurationError

PLANNING = """\
# yaml-language-server: $schema=board.schema.json
version: 2
models:
  - name: mon_planning
    description: "{{ doc('planning') }}"
    config:
      tags: [daily]
      meta:
        owner: ops
        monday:
          entity: items
          board_id: 8709134353
          key: "AAG ORDER NUMBER"
          batch_by: customer
          on_new: create
          on_missing: archive
          timezone: Europe/Berlin
          settings: {max_batch_size: 50}
    columns:
      - name: Title
        description: The order's name.
      - name: "AAG ORDER NUMBER"
        data_tests: [unique]
        config: {meta: {monday: {id: text_mk1, type: text, direction: push}}}
      - name: CUSTOMER
        config: {meta: {monday: {id: drop_1, type: dropdown, direction: push, create_labels: true}}}
      - name: "ORDER QTY"
        description: Pieces.
        config:
          meta:
            monday:
              id: numbers_1
              type: numbers
              direction: push
              on_null: clear
              on_conflict: overwrite
      - name: Age
        config: {meta: {monday: {id: formula_1, type: formula}}}
  - name: mon_planning_subitems
    config:
      meta:
        monday:
          entity: subitems
          key: [size, Title]
    columns:
      - name: Size
        config: {meta: {monday: {id: size_1, type: text, direction: push}}}
"""


def load(folder: Path, variables: dict[str, object] | None = None, **files: str) -> tuple[Board, ...]:
    """Write `<name>.yml` files and load them."""
    boards = folder / "boards"
    boards.mkdir(exist_ok=True)
    for name, text in files.items():
        (boards / f"{name}.yml").write_text(text, "utf-8")
    return load_boards(boards, variables=variables or {}, known_settings={"max_batch_size", "max_retries"})


def problems(folder: Path, variables: dict[str, object] | None = None, **files: str) -> list[str]:
    """Return the problems of the files, [] when there are none."""
    try:
        load(folder, variables, **files)
    except ConfigurationError as error:
        return [str(problem) for problem in error.problems]
    return []


def changed(*changes: tuple[str, str]) -> str:
    """Return the contract with pieces replaced, each of which occurs once."""
    text = PLANNING
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
