"""The runner's tables for tests that need them without a dbt run."""

from __future__ import annotations

from pathlib import Path

import duckdb

from opus_sync.warehouse.layout import LAYOUT_VERSION

_TYPES = {
    "duckdb": {"k": "varchar", "t": "varchar", "i": "bigint", "n": "integer", "ts": "timestamp", "b": "boolean"},
    "postgres": {"k": "varchar(450)", "t": "text", "i": "bigint", "n": "integer", "ts": "timestamp", "b": "boolean"},
    "sqlserver": {
        "k": "nvarchar(450)",
        "t": "nvarchar(max)",
        "i": "bigint",
        "n": "int",
        "ts": "datetime2(6)",
        "b": "bit",
    },
}

TABLES = {
    "mon_layout": "object_name k, object_type k, layout_version n, recorded_at ts, schema_name k",
    "mon_extract": "extract_id k, board k, monday_board_id i, endpoint k, account_id k, mode k, status k, "
    "items_expected i, items_read i, subitems_expected i, subitems_read i, api_calls i, complexity i, "
    "reason t, seq i, recorded_at ts",
    "mon_raw_item": "extract_id k, monday_board_id i, monday_item_id i, parent_item_id i, group_id k, "
    "item_name t, monday_updated_at ts, column_values t",
    "mon_raw_board": "extract_id k, monday_board_id i, parent_board_id i, board_name t, description t, "
    "state k, board_kind k, hierarchy_type k, items_count i, items_limit i, first_day_of_week k, url t",
    "mon_raw_group": "extract_id k, monday_board_id i, group_id k, title t, color k, position k, archived b",
    "mon_raw_column": "extract_id k, monday_board_id i, column_id k, title t, column_type k, description t, "
    "settings t, revision k, archived b, position n",
    "mon_raw_label": "extract_id k, monday_board_id i, column_id k, label_id k, label t, is_deactivated b, "
    "is_done b, color k, position n",
    "mon_raw_user": "extract_id k, user_id k, user_name t, email k, kind k, status k",
    "mon_raw_team": "extract_id k, team_id k, team_name t",
    "mon_raw_tag": "extract_id k, tag_id k, tag_name k",
    "mon_operation_event": "seq i, board k, monday_board_id i, operation_id k, stg_id k, batch_id k, "
    "event k, attempt n, request_id k, alias k, idempotency_key k, monday_item_id i, error_type k, "
    "error_message t, payload t, staged_row t, endpoint k, account_id k, recorded_at ts, sent_fields t, seen_fields t",
    "mon_update_audit_log": "audit_id k, seq i, board k, operation_id k, batch_id k, extract_id k, "
    "update_type k, update_operation k, monday_item_id i, monday_board_id i, parent_item_id i, column_id k, "
    "old_value t, new_value t, update_timestamp ts, rollback_of k, endpoint k, account_id k",
    "mon_batch_event": "seq i, board k, batch_id k, update_batch_id k, customer_name k, batch_type k, event k, "
    "total_records i, plan_id k, guard_lifted k, recorded_at ts, rollback_of_batch k",
    "mon_rollback_request": "seq i, board k, batch_id k, reason t, requested_by k, recorded_at ts",
    "mon_decision": "seq i, board k, decision k, scope k, recorded_at ts",
}


def statements(kind: str, schema: str, layout_version: int = LAYOUT_VERSION) -> list[str]:
    """Return the statements that create the tables in a quoted schema, and say of which version they are."""
    quote = "[{}]" if kind == "sqlserver" else '"{}"'
    created = []
    for table, text in TABLES.items():
        columns = ", ".join(
            f"{quote.format(name)} {_TYPES[kind][code]}" for name, code in (entry.split() for entry in text.split(","))
        )
        created.append(f"create table {schema}.{table} ({columns})")
    layout = f"insert into {schema}.mon_layout values ('mon_extract', 'table', {layout_version}, null, 'opus')"
    return [*created, layout]


def create(file: Path, schema: str = "opus", layout_version: int = LAYOUT_VERSION) -> None:
    """Create the tables in a DuckDB file."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(f'create schema if not exists "{schema}"')
        for statement in statements("duckdb", f'"{file.stem}"."{schema}"', layout_version):
            connection.execute(statement)
