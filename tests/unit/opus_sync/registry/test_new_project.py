"""A project of one's own: its files stay, its copy of the package follows the installed version."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from opus_sync.errors import OpusError, Refused, UsageError
from opus_sync.registry import package
from opus_sync.registry.new_project import lacking, write_project

if sys.version_info >= (3, 11):
    import tomllib

ROOT = Path(__file__).parents[4]


def test_again_nothing_changes(tmp_path: Path) -> None:
    """In a project that is there only the package and the schema are looked after."""
    root = tmp_path / "my-shop"
    done = dict(write_project(root, None))
    assert set(done.values()) == {"wrote"}
    assert "name: my_shop\n" in (root / "dbt_project.yml").read_text()
    assert lacking(root) == ""
    (root / "profiles.yml").unlink()
    assert dict(write_project(root, None)) == {"opus_package/": "unchanged", "boards/board.schema.json": "unchanged"}
    assert not (root / "profiles.yml").exists()


def test_a_dbt_project_that_was_there_before(tmp_path: Path) -> None:
    """Its project file stays; what has to be added to it is said."""
    (tmp_path / "dbt_project.yml").write_text("name: other\n")
    write_project(tmp_path, None)
    assert (tmp_path / "dbt_project.yml").read_text() == "name: other\n"
    assert 'macro-paths: ["macros", "opus_package/macros"]' in lacking(tmp_path)


def test_the_copy_of_the_package_is_whole(tmp_path: Path) -> None:
    """Macros and models are all there, but for unit tests, which are the package's own business."""
    write_project(tmp_path, "shop")
    for part in ("macros", "models/opus"):
        there = {
            path.relative_to(tmp_path / package.FOLDER) for path in (tmp_path / package.FOLDER / part).rglob("*.*")
        }
        wanted = {path.relative_to(ROOT) for path in (ROOT / part).rglob("*.*") if "_unit_tests" not in path.name}
        assert there == wanted and wanted


def test_the_copy_follows_the_installed_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that somebody changed does not, unless forced."""
    write_project(tmp_path, "shop")
    newer = tmp_path / "newer"
    for part in ("macros", "models/opus"):
        (newer / part).mkdir(parents=True)
        (newer / part / "one.sql").write_text("select 1")
    monkeypatch.setattr(package, "_source", lambda: newer)
    ours = tmp_path / package.FOLDER / "macros" / "own.sql"
    ours.write_text("-- mine")
    with pytest.raises(Refused, match="somebody changed files in opus_package/"):
        write_project(tmp_path, "shop")
    assert ours.read_text() == "-- mine"
    ours.unlink()
    assert dict(write_project(tmp_path, "shop"))["opus_package/"] == "updated"
    assert [path.name for path in (tmp_path / package.FOLDER / "macros").iterdir()] == ["one.sql"]
    ours.write_text("-- mine")
    monkeypatch.undo()
    assert dict(write_project(tmp_path, "shop", force=True))["opus_package/"] == "updated"


@pytest.mark.parametrize("name", ["1st", "Größe!", "opus"])
def test_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError):
        write_project(tmp_path / "new", name)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    with pytest.raises(OpusError):
        write_project(tmp_path / "new", None)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib is in Python since 3.11")
def test_the_wheel_holds_what_init_copies() -> None:
    """Each part of the copy goes into the package, at the place where it is looked for."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {part: f"opus_sync/dbt_package/{part}" for part in package.PARTS}
