"""What a person can do about rows that failed, by type of error."""

from __future__ import annotations

_VALUE = (
    "monday does not take a value of the row: compare it with docs/column-types.md, mend it in the desired model and "
    "run `dbt build`; where a column's type changed on the board, `opus-sync board diff` says so"
)
_ALLOWED = (
    "the token's user may not write there: give it edit rights on the board, its groups and columns, or use the token "
    "of a user who has them; then send the rows again"
)
_GONE = (
    "what the row is about is not on the board any more: `opus-sync pull` and `dbt build` show the board as it is, and "
    "stage what is still wanted"
)
_STRUCTURE = (
    "the contract and the board differ: `opus-sync board diff` says where; mend the contract, `opus-sync pull`, "
    "`dbt build`"
)
_LATER = "monday failed on its side and the row was not written: send it again"
_DEFECT = "monday does not understand the request: look at its payload, and report it as a defect of opus-sync"
_OTHER = (
    "read what monday says and look at the payload (`opus-sync errors --id ID`); mend the cause, `dbt build`, and send "
    "the row again"
)

_WAYS = {
    "columnvalueexception": _VALUE,
    "correctedvalueexception": _VALUE,
    "invalidargumentexception": _VALUE,
    "recordinvalidexception": _VALUE,
    "encodeerror": (
        "the value has no form in which monday takes it, so nothing was sent: mend it in the desired model, `dbt build`"
    ),
    "itemnametoolongexception": "the name is longer than monday allows: shorten it in the desired model, `dbt build`",
    "invaliduseridexception": (
        "a person of the row is no active user of the account: name somebody else in the desired model, or let the "
        "user in again and `opus-sync pull --metadata`; then `dbt build`"
    ),
    "invalidcolumnidexception": _STRUCTURE,
    "invalidboardidexception": _STRUCTURE,
    "undefinedfield": _DEFECT,
    "jsonparseexception": _DEFECT,
    "parseerror": _DEFECT,
    "rejected": _DEFECT,
    "resourcenotfoundexception": _GONE,
    "asset_unavailable": _GONE,
    "deletelastgroupexception": "a board keeps one group: let another one stay in the desired model, `dbt build`",
    "itemslimitationexception": (
        "the board is full: archive what is no longer needed there, or have monday raise the limit; then send it again"
    ),
    "userunauthorizedexception": _ALLOWED,
    "user_access_denied": _ALLOWED,
    "forbidden_exception": _ALLOWED,
    "querytoocomplex": "the request is too dear for monday: make the setting `max_batch_size` smaller, send it again",
    "internal_server_error": _LATER,
    "internalservererror": _LATER,
    "idempotency_conflict": _LATER,
    "nooutcome": _LATER,
    "noanswer": _LATER,
}


def way_out(error_type: str) -> str:
    """Return what to do about an error of a type."""
    return _LATER if error_type.upper().startswith("HTTP 5") else _WAYS.get(error_type.casefold(), _OTHER)
