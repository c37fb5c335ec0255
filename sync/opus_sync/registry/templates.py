"""The templates of the files that the registry writes.

Their own marks are `<< >>` and `<% %>`, since what they write holds Jinja for dbt.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined


def rendered(template: str, **values: Any) -> str:
    """Return the text of `templates/<template>.j2` with these values."""
    return _environment().get_template(f"{template}.j2").render(values).rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 (YAML and SQL, in which the filters quote)
        loader=PackageLoader("opus_sync.registry"),
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=False,
    )
    environment.filters |= {"quoted": _quoted, "scalar": _scalar, "flow": _flow}
    return environment


def _quoted(value: str) -> str:
    """Return a text in YAML's double quotes."""
    return _dumped(value, default_style='"')


def _scalar(value: str) -> str:
    """Return a text as YAML writes it, in quotes only where it has to."""
    return _dumped(value)


def _flow(value: Any) -> str:
    """Return a value on one line, as it may stand inside braces."""
    return _dumped(value, default_flow_style=True)


def _dumped(value: Any, **style: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**9, sort_keys=False, **style)
    return text.removesuffix("\n").removesuffix("\n...")
