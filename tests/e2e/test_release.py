"""The wheel, installed on its own: another dbt project takes the package from it, and an older warehouse goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from integration.support.orders import ON_BOARD, ORDERS, on_board
from integration.support.stand_in import StandIn
from integration.support.warehouses import DUCKDB
from integration.support.workspace import REPOSITORY, TOKEN, Workspace
from integration.test_layout import PREVIOUS, take_back
from opus_sync import __version__
from opus_sync.warehouse.layout import LAYOUT_VERSION

DEMO = ("cust_master_schedule", "mon_planning", "orders_unified", "opus-apparel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(REPOSITORY))
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """The wheel in a folder of its own, before which nothing of this tree is found; its dependencies are ours."""

    folder: Path
    project: Path
    url: str

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of it, or dbt, in the project; fails where that does."""
        done = subprocess.run(
            [sys.executable, self.folder / "bin" / "opus-sync", *arguments]
            if program == "opus-sync"
            else [Path(sys.executable).parent / program, *arguments],
            cwd=self.project,
            env=os.environ | {"PYTHONPATH": str(self.folder), "MONDAY_API_URL": self.url, "MONDAY_API_TOKEN": TOKEN},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def test_the_wheel_holds_the_package_and_nothing_of_the_demo(wheel: Path) -> None:
    """Macros and models over all boards, templates, statements, the licence; no board, order or test of ours."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name).decode("utf-8") for name in names if "/dbt_package/" in name}
    package = {name.removeprefix("opus_sync/dbt_package/") for name in names if "/dbt_package/" in name}
    ours = [path for part in ("macros", "models/opus") for path in (REPOSITORY / part).rglob("*") if path.is_file()]
    assert package == {path.relative_to(REPOSITORY).as_posix() for path in ours}
    assert [name for name in names for word in DEMO if word in name + texts.get(name, "")] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert wheel.name.startswith(f"opus_sync-{__version__}-")


def test_a_dbt_project_that_was_there_uses_it_and_outlives_an_upgrade(
    wheel: Path, stand_in: StandIn, tmp_path: Path
) -> None:
    """`init` says what its project file lacks; a board is deployed, pulled, built, planned: on tables of today's layout
    and on those of the one before, whose rows stay."""
    folder, project = tmp_path / "installed", tmp_path / "shop"
    _pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    project.mkdir()
    installed = Installed(folder, project, stand_in.url)
    where = installed.run("python", "-c", "import opus_sync; print(opus_sync.__file__)")
    assert where.strip() == str(folder / "opus_sync" / "__init__.py")

    (project / "dbt_project.yml").write_text("name: shop\nprofile: opus_sync\n", encoding="utf-8")
    target = {"prod": {**DUCKDB.output(), "path": "opus.duckdb"}}
    profiles = {"opus_sync": {"target": "prod", "outputs": target}}
    (project / "profiles.yml").write_text(yaml.safe_dump(profiles), encoding="utf-8")
    said = installed.run("opus-sync", "init", ".")
    lines = said.partition("has to say, beside what it says now:\n")[2].partition("next:")[0]
    with (project / "dbt_project.yml").open("a", encoding="utf-8") as file:
        file.write(lines + "vars: {opus_schema: opus_sync}\n")

    stand_in.start_over(on_board())
    installed.run("opus-sync", "board", "deploy", "--board-id", str(ORDERS.id), "--name", "orders", "--key", ORDERS.key)
    installed.run("opus-sync", "pull")
    installed.run("dbt", "build")
    assert "nothing to push" in installed.run("opus-sync", "plan")

    workspace = Workspace(project)
    take_back(workspace, PREVIOUS)
    shutil.rmtree(project / "opus_package")
    assert "wrote opus_package/" in installed.run("opus-sync", "init", ".")
    installed.run("opus-sync", "pull")
    installed.run("dbt", "build")
    assert "nothing to push" in installed.run("opus-sync", "plan")
    items = workspace.rows("select extract_id, count(*) from opus_sync.mon_raw_item group by extract_id")
    assert [number for _, number in items] == [ON_BOARD, ON_BOARD]
    assert workspace.rows("select max(layout_version) from opus_sync.mon_layout") == [(LAYOUT_VERSION,)]


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
