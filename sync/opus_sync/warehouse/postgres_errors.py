"""PostgreSQL's errors, each as a sentence for a person: what, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.errors import ConnectionLost, MissingTable, WarehouseError, WarehouseLocked
from opus_sync.warehouse.said import chain, without_secrets

_PROFILE = "correct it in profiles.yml, or in the variable that profiles.yml reads"
_GRANTS = "`opus-sync db script` prints what each role needs; let a DBA grant it"

# What the server or the driver says when it does not let us in -> what to tell, what to do.
_AT_THE_DOOR = (
    (r"(password|SCRAM) authentication failed|no password supplied", "refuses user {user} or the password", _PROFILE),
    (r'database ".*" does not exist', "has no database {database}", "create it, or " + _PROFILE),
    (r'role ".*" does not exist|not permitted to log in', "does not let user {user} log in", _PROFILE),
    (r"no pg_hba\.conf entry", "admits no connection of user {user} to {database} from here",
     "ask its administrator for an entry in pg_hba.conf, or set `sslmode` in profiles.yml"),
    (r"permission denied for database", "does not let user {user} connect to {database}", _GRANTS),
    (r"starting up|shutting down|recovery mode", "is not ready: {said}", "run this again when it is"),
    (r"too many (clients|connections)|connection slots", "has no connection left: {said}",
     "run this again later, or raise max_connections; opus-sync needs one for each board at work and one more"),
    (r"SSL|certificate", "cannot be spoken to: {said}", "see `sslmode` and `sslrootcert` in profiles.yml"),
)  # fmt: skip
_NOT_THERE = "start it, or correct `host` and `port` in profiles.yml"

_BROKEN = ("OperationalError", "InterfaceError", "DatabaseError")
_LOST = ("08", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04")
_BUSY = {
    "55P03": "{about}: another session has it locked",
    "40P01": "{about}: two sessions waited for each other",
    "40001": "{about}: another session was quicker",
}
_WAIT = "wait for that session to end, or find it in pg_stat_activity and end it; then run this again"
_REFUSALS = {
    "42501": ("PostgreSQL does not let user {user} do this: {said}", _GRANTS),
    "3F000": ("{said}", "run `opus-sync pull`, which creates the schema of the var opus_schema"),
    "25006": ("PostgreSQL at {host}:{port} is read-only: {said}", "name its primary in profiles.yml"),
    "53100": ("PostgreSQL has no room left: {said}", "make room on its disk; nothing was appended"),
    "57014": ("{about}: PostgreSQL ended the statement: {said}", "raise statement_timeout for this role"),
}


def explained(error: Exception, credentials: Any, about: str) -> OpusError | None:
    """Return the error for a person, None where PostgreSQL has nothing to do with it."""
    said = next((one for one in chain(error) if type(one).__module__.startswith("psycopg2")), None)
    if said is None:
        return None
    text = without_secrets(str(said).strip(), credentials)

    def fill(template: str, hint: str, kind: Callable[[str, str], OpusError] = WarehouseError) -> OpusError:
        named = {name: getattr(credentials, name) for name in ("host", "port", "user", "database")}
        return kind(template.format(**named, about=about, said=_line(text)), hint)

    if type(error).__name__ == "FailedToConnectError":
        for pattern, template, hint in _AT_THE_DOOR:
            if re.search(pattern, text):
                return fill("PostgreSQL at {host}:{port} " + template, hint)
        return fill("there is no PostgreSQL at {host}:{port}: {said}", _NOT_THERE)
    code = getattr(said, "pgcode", None)
    if code == "42P01":
        return MissingTable(_name(text))
    if code in _BUSY:
        return fill(_BUSY[code], _WAIT, WarehouseLocked)
    if code in _REFUSALS:
        return fill(*_REFUSALS[code])
    if code.startswith(_LOST) if code else type(said).__name__ in _BROKEN:
        return fill("the connection to PostgreSQL at {host}:{port} was lost: {said}", "run this again", ConnectionLost)
    return fill("{about}: PostgreSQL says: {said}", "")


def _line(text: str) -> str:
    """Return the first line, without the driver's own beginning."""
    first = text.splitlines()[0].strip() if text else "nothing"
    return re.sub(r"^(connection to server .*? failed: )?((FATAL|ERROR):\s*)?", "", first) or first


def _name(text: str) -> str:
    """Return what the server puts in quotes, in whatever language it speaks."""
    found = re.search(r"[\"«„“](.+?)[\"»“”]", text)
    return found.group(1) if found else _line(text)
