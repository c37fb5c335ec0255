"""The tasks of the editor are commands that exist."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click import Command, Group

from integration.support.workspace import REPOSITORY
from opus_sync.cli import main

TASKS = json.loads((REPOSITORY / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]


def test_the_two_that_people_know_are_there() -> None:
    """By the names that they have always had, each waiting for tasks that are there."""
    labels = [task["label"] for task in TASKS]
    assert {"OPUS: Deploy Update Infrastructure", "OPUS: Test Update Workflow"} <= set(labels)
    assert len(set(labels)) == len(labels)
    assert [name for task in TASKS for name in task.get("dependsOn", ()) if name not in labels] == []


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["label"])
def test_the_command_exists(task: dict[str, Any]) -> None:
    """Command and options by opus-sync's own parser, targets by the Makefile; no task sends anything."""
    arguments = list(task["args"])
    assert "--live" not in arguments
    if task["command"] == "make":
        assert re.search(rf"^{arguments[0]}:", (REPOSITORY / "Makefile").read_text("utf-8"), re.M)
        return
    if task["command"] == "dbt":
        from dbt.cli.main import cli

        assert set(arguments) <= set(cli.commands)
        return
    assert task["command"] == "opus-sync"
    found: Command = main
    name = task["command"]
    while isinstance(found, Group):
        name = arguments.pop(0)
        found = found.commands[name]
    found.make_context(name, arguments)
