"""Calls a macro of the dbt package and reads what it answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opus_sync.errors import OpusError, Refused
from opus_sync.warehouse.dbt_command import Dbt

_MARK = "opus_sync_answer "
_REFUSAL = re.compile(r"Compilation Error in macro \w+ \([^\n]*\)\n\s+(?P<what>[^\n]+): (?P<rest>[^\n]+)")


@dataclass(frozen=True)
class Answer:
    """What a macro says for people (`lines`) and for programs (`data`), and the exit code it asks for."""

    exit_code: int
    lines: tuple[str, ...]
    data: dict[str, Any]


def run_operation(dbt: Dbt, macro: str, **arguments: Any) -> Answer:
    """Call a macro as a run-operation; raises Refused with the macro's own words where it stopped itself."""
    given = json.dumps({**arguments, "output": "json"})
    return _call(dbt, "run-operation", macro, "--args", given)


def compile_inline(dbt: Dbt, macro: str) -> Answer:
    """Call a macro that asks the warehouse nothing; no connection is made."""
    text = f"{{% do {macro}(output='json') %}}"
    return _call(dbt, "compile", "--no-introspect", "--no-populate-cache", "--inline", text)


def refusal(error: OpusError) -> OpusError:
    """Return what a macro said when it stopped itself; an error that is none as it is."""
    found = _REFUSAL.search(error.message)
    return Refused(f"{found['what']}: {found['rest']}".strip()) if found else error


def _call(dbt: Dbt, *arguments: str) -> Answer:
    answers: list[str] = []

    def hear(line: str) -> bool:
        if line.startswith(_MARK):
            answers.append(line)
        return line.startswith(_MARK)

    try:
        dbt.run("--quiet", *arguments, hear=hear)
    except OpusError as error:
        raise refusal(error) from None
    return _answer(answers, arguments)


def _answer(answers: Sequence[str], arguments: Sequence[str]) -> Answer:
    if not answers:
        raise OpusError(
            f"`dbt {' '.join(arguments[:2])}` answered nothing",
            "opus-sync and the dbt package opus_sync of this project are of different versions",
        )
    found = json.loads(answers[-1].removeprefix(_MARK))
    return Answer(found["exit_code"], tuple(found["lines"]), found["data"])
