"""Fills the templates of workflow files.

Jinja stands between `[[ ]]` and `[% %]` there, since `{{ }}` is what Kestra and GitHub read. Every value goes in as
a JSON string or a word of the shell.

The properties of Kestra's tasks are those of its published sources: kestra-io/plugin-dbt (`DbtCLI`, July 2026),
plugin-scripts (`shell.Commands`, August 2026), plugin-git (`Clone`, August 2026) and kestra (`WorkingDirectory`,
`If`, `Pause`, `http.Request`, `Schedule`, December 2024, and the pages below kestra.io/plugins). A retry is bounded
by `maxDuration`, for the name of its count of attempts changed between versions.
"""

from __future__ import annotations

import json
import shlex
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(kind: str, **values: Any) -> str:
    """Return the workflow file of a kind, `kestra` or `github`."""
    environment = Environment(
        loader=PackageLoader("opus_sync.workflows"),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (no HTML; values go through the filters below)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.filters["word"] = shlex.quote
    return environment.get_template(f"{kind}.yml.j2").render(**values)
