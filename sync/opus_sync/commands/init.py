"""`opus-sync init`: a project of one's own on the package."""

from __future__ import annotations

from pathlib import Path

from opus_sync.errors import OpusError
from opus_sync.invocation import Result
from opus_sync.registry.new_project import lacking, write_project


def run(*, directory: Path, name: str | None = None, force: bool = False) -> Result:
    """Write a project, or bring the package in one up to the installed version; files that are there stay."""
    try:
        done = write_project(directory, name, force=force)
        lines_lacking = lacking(directory)
    except OSError as error:
        raise OpusError(f"{error.filename or directory} cannot be written: {error.strerror}") from error
    lines = [f"  {action} {file}" for file, action in done]
    if lines_lacking:
        lines += ["dbt_project.yml has to say, beside what it says now:", *lines_lacking.splitlines()]
    steps = [
        *([] if directory.resolve() == Path.cwd() else [f"cd {directory}"]),
        "export MONDAY_API_TOKEN=…",
        "opus-sync board deploy --board-id N",
        "opus-sync pull && dbt build && opus-sync plan",
    ]
    text = "\n".join([f"project in {directory}", *lines, "next:", *(f"  {step}" for step in steps)])
    return Result(0, text, {"directory": str(directory), "files": [{"file": f, "action": a} for f, a in done]})
