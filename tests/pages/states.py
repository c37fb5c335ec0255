"""The states that pages begin in: copies of the demo, each made once, with the boards as they stand in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from integration.support.demo import demo_copy
from integration.support.stand_in import StandIn
from integration.support.workspace import REPOSITORY, Workspace

USUAL = "built"
_POISON = [{"kind": "poison", "scope": "alias", "item_id": "9100000221", "code": "ColumnValueException"}]


@dataclass
class States:
    """Makes workspaces in a state that has a name; a state is made when it is first asked for."""

    demo: Workspace
    stand_in: StandIn
    folder: Path
    _made: dict[str, tuple[Workspace, Any]] = field(default_factory=dict)
    _copies: int = 0

    def fresh(self, name: str) -> Workspace:
        """Return a project of its own in a state, the boards set to it."""
        if name not in self._made:
            workspace = _STATES[name](self)
            workspace.keep()
            self._made[name] = workspace, self.stand_in.state()
        made, boards = self._made[name]
        self.stand_in.start_over(boards)
        self._copies += 1
        return made.copy(self.folder / f"{self._copies}-{name}" / "opus-sync")

    def _built(self) -> Workspace:
        """The demo pulled and built; nothing was pushed."""
        workspace = demo_copy(self.demo, self.folder / "built", self.stand_in)
        # A clone has what the pages name beside the project, and the profile that they tell to copy. The target `ci`
        # stands for the one that docs/scheduling.md has its readers add.
        shutil.copy2(REPOSITORY / "profiles.example.yml", workspace.root)
        profile = yaml.safe_load((REPOSITORY / "profiles.example.yml").read_text("utf-8"))
        outputs = profile["opus_sync"]["outputs"]
        outputs["ci"] = {**outputs["prod"], "schema": "{{ env_var('OPUS_PR_SCHEMA') }}"}
        (workspace.root / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
        (workspace.root / "docs").mkdir()
        shutil.copy2(REPOSITORY / "docs" / "demo_edit.py", workspace.root / "docs")
        return workspace

    def _cloned(self) -> Workspace:
        """The demo before anything was done: no warehouse, no profile."""
        workspace = self.fresh("built")
        for left in ("opus.duckdb", "profiles.yml", "target", "logs"):
            path = workspace.root / left
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return workspace

    def _empty(self) -> Workspace:
        """A folder with nothing in it."""
        workspace = self.fresh("cloned")
        shutil.rmtree(workspace.root)
        workspace.root.mkdir()
        return workspace

    def _pushed(self) -> Workspace:
        """The demo after a push of all that could be sent."""
        return self._after_push()

    def _failed(self) -> Workspace:
        """The same, but that monday refused one row."""
        return self._after_push(faults=_POISON)

    def _after_push(self, **options: Any) -> Workspace:
        workspace = self.fresh("built")
        self.stand_in.configure(**options)
        done = workspace.opus("push", "--live")
        assert done.code == 1, done.err  # done, but for the demo's invalid rows
        return workspace


_STATES: Mapping[str, Callable[[States], Workspace]] = {
    "empty": States._empty,
    "cloned": States._cloned,
    "built": States._built,
    "pushed": States._pushed,
    "failed": States._failed,
}
NAMES = tuple(_STATES)
