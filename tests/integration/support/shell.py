"""Runs the command lines of generated files, as the scheduler that they are for would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from integration.support.workspace import Done, Workspace

_EXPRESSION = re.compile(r"\$?\{\{\s*(.+?)\s*\}\}")


def rendered(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of the expressions of Kestra or GitHub; one without a value fails the test."""
    return _EXPRESSION.sub(lambda found: values[found.group(1)], text)


def run_shell(workspace: Workspace, script: str, interpreter: tuple[str, ...], **environment: str) -> Done:
    """Run a script in the project's folder with our own commands first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [*interpreter, script],
        cwd=workspace.root,
        env={**workspace.variables(), "PATH": path, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Done((script,), done.returncode, done.stdout, done.stderr)
