"""SQL Server's errors, each as a sentence for a person: what, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.errors import ConnectionLost, MissingTable, WarehouseError, WarehouseLocked
from opus_sync.warehouse.said import chain, without_secrets

_PROFILE = "correct it in profiles.yml, or in the variable that profiles.yml reads"
_GRANTS = "`opus-sync db script` prints what each role needs; let a DBA grant it"
_WAIT = "wait for that session to end, or find it in sys.dm_tran_locks and end it; then run this again"
_LOST_NOW = "run this again"

# The server's number of an error -> what to tell, what to do.
_NUMBERS: dict[int, tuple[str, str, Callable[[str, str], OpusError]]] = {
    18456: ("SQL Server at {host}:{port} refuses login {UID} or its password", _PROFILE, WarehouseError),
    18452: ("SQL Server at {host}:{port} does not trust this Windows login: {said}", _PROFILE, WarehouseError),
    18488: ("SQL Server at {host}:{port} wants login {UID} to change its password first", _PROFILE, WarehouseError),
    4060: ("SQL Server at {host}:{port} has no database {database}, or login {UID} may not open it", _PROFILE,
           WarehouseError),
    916: ("login {UID} may not open the database {database} on {host}:{port}", _GRANTS, WarehouseError),
    40615: ("the firewall of {host} does not let this machine in: {said}", "ask its administrator", WarehouseError),
    229: ("SQL Server does not let login {UID} do this: {said}", _GRANTS, WarehouseError),
    230: ("SQL Server does not let login {UID} do this: {said}", _GRANTS, WarehouseError),
    262: ("SQL Server does not let login {UID} do this: {said}", _GRANTS, WarehouseError),
    2760: ("{said}", "run `opus-sync pull`, which creates the schema of the var opus_schema; a DBA may have to",
           WarehouseError),
    3906: ("the database {database} on {host}:{port} is read-only", "name its primary in profiles.yml", WarehouseError),
    1105: ("SQL Server has no room left: {said}", "make room on its disk; nothing was appended", WarehouseError),
    9002: ("SQL Server's log is full: {said}", "back up or grow the log; nothing was appended", WarehouseError),
    1222: ("{about}: another session has it locked", _WAIT, WarehouseLocked),
    1205: ("{about}: two sessions waited for each other", _WAIT, WarehouseLocked),
    3960: ("{about}: another session was quicker", _WAIT, WarehouseLocked),
    596: ("this session was ended by an administrator of {host}", _LOST_NOW, ConnectionLost),
}  # fmt: skip
_LOST_STATES = ("08S01", "08003", "08007", "08001", "HYT00", "HYT01")
# In words and not by 208: what speaks T-SQL but is no SQL Server numbers its errors otherwise.
_NO_TABLE = re.compile(r"(?:Invalid object name|relation) ['\"](.+?)['\"]")
_NUMBER = re.compile(r"\((\d+)\)")
_PREFIX = re.compile(r"^(\s*\[[^\]]*\])+\s*")
_CALL = re.compile(r"\s*\(-?\d+\)(\s*\(SQL\w+\))?.*$", re.DOTALL)


def explained(error: Exception, credentials: Any, about: str) -> OpusError | None:
    """Return the error for a person, None where SQL Server has nothing to do with it."""
    said = next((one for one in chain(error) if type(one).__module__.startswith("pyodbc")), None)
    if said is None:
        return None
    state = str(said.args[0]) if said.args else ""
    text = without_secrets(str(said.args[-1]) if said.args else str(said), credentials)

    def fill(template: str, hint: str, kind: Callable[[str, str], OpusError] = WarehouseError) -> OpusError:
        named = {name: getattr(credentials, name) for name in ("host", "port", "UID", "database")}
        return kind(template.format(**named, about=about, said=_line(text)), hint)

    if missing := _NO_TABLE.search(text):
        return MissingTable(missing.group(1))
    for number in map(int, _NUMBER.findall(text)):
        if number in _NUMBERS:
            return fill(*_NUMBERS[number])
    if type(error).__name__ == "FailedToConnectError" or "SQLDriverConnect" in text:
        return fill(
            "there is no SQL Server at {host}:{port} that lets us in: {said}",
            "start it, or correct `server`, `port`, `encrypt` and `trust_cert` in profiles.yml",
        )
    if state in _LOST_STATES or ("connection" in text.casefold() and state.startswith("HY")):
        return fill("the connection to SQL Server at {host}:{port} was lost: {said}", _LOST_NOW, ConnectionLost)
    return fill("{about}: SQL Server says: {said}", "")


def _line(text: str) -> str:
    """Return the message without the driver's brackets before it and numbers behind it."""
    first = text.strip().splitlines()[0] if text.strip() else "nothing"
    return _CALL.sub("", _PREFIX.sub("", first)).strip() or first
