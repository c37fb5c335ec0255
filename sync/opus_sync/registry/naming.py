"""Names that follow from a board's title."""

from __future__ import annotations

import re
import unicodedata

from opus_sync.contract.checks import name_problems
from opus_sync.errors import UsageError

_LONGEST = 40


def board_name(title: str, wanted: str | None) -> str:
    """Return the name of a board's contract: the wanted one, else one made of its title.

    Raises UsageError where that cannot be a name.
    """
    name = wanted if wanted is not None else _slug(title)
    problem = next(iter(name_problems(name, "")), None)
    if problem is None:
        return name
    if wanted is not None:
        raise UsageError(f"--name {wanted!r}: {problem.what.replace('the file name', 'the name')}")
    raise UsageError(f"no name can be made of the board's title {title!r}", "choose one with --name")


def house_name(name: str) -> str:
    """Return the house's name for a board's tables, `cust_master_schedule` as `CustMasterSchedule`."""
    return "".join(word.capitalize() for word in name.split("_"))


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")[:_LONGEST].rstrip("_")
