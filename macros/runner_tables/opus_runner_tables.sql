{#
    Every table that the runner appends to: name -> columns, each `column: kind` (see opus_type).
    Only ever add columns at the end of a table, and raise opus_layout_version when you do.
#}
{% macro opus_runner_tables() %}
    {% set tables %}
mon_layout:
    {object_name: key, object_type: key, layout_version: int, recorded_at: timestamp, schema_name: key}
mon_extract:
    {extract_id: key, board: key, monday_board_id: bigint, endpoint: key, account_id: key, mode: key, status: key,
    items_expected: bigint, items_read: bigint, subitems_expected: bigint, subitems_read: bigint,
    api_calls: bigint, complexity: bigint, reason: text, seq: bigint, recorded_at: timestamp,
    reading: key, monday_time: timestamp}
mon_raw_item:
    {extract_id: key, monday_board_id: bigint, monday_item_id: bigint, parent_item_id: bigint, group_id: key,
    item_name: text, monday_updated_at: timestamp, column_values: text}
mon_raw_board:
    {extract_id: key, monday_board_id: bigint, parent_board_id: bigint, board_name: text, description: text,
    state: key, board_kind: key, hierarchy_type: key, items_count: bigint, items_limit: bigint,
    first_day_of_week: key, url: text}
mon_raw_group:
    {extract_id: key, monday_board_id: bigint, group_id: key, title: text, color: key, position: key,
    archived: boolean}
mon_raw_column:
    {extract_id: key, monday_board_id: bigint, column_id: key, title: text, column_type: key, description: text,
    settings: text, revision: key, archived: boolean, position: int}
mon_raw_label:
    {extract_id: key, monday_board_id: bigint, column_id: key, label_id: key, label: text, is_deactivated: boolean,
    is_done: boolean, color: key, position: int}
mon_raw_user:
    {extract_id: key, user_id: key, user_name: text, email: key, kind: key, status: key}
mon_raw_team:
    {extract_id: key, team_id: key, team_name: text}
mon_raw_tag:
    {extract_id: key, tag_id: key, tag_name: key}
mon_operation_event:
    {seq: bigint, board: key, monday_board_id: bigint, operation_id: key, stg_id: key, batch_id: key, event: key,
    attempt: int, request_id: key, alias: key, idempotency_key: key, monday_item_id: bigint, error_type: key,
    error_message: text, payload: text, staged_row: text, endpoint: key, account_id: key, recorded_at: timestamp,
    sent_fields: text, seen_fields: text, group_id: key}
mon_update_audit_log:
    {audit_id: key, seq: bigint, board: key, operation_id: key, batch_id: key, extract_id: key, update_type: key,
    update_operation: key, monday_item_id: bigint, monday_board_id: bigint, parent_item_id: bigint, column_id: key,
    old_value: text, new_value: text, update_timestamp: timestamp, rollback_of: key, endpoint: key, account_id: key,
    group_id: key}
mon_batch_event:
    {seq: bigint, board: key, batch_id: key, update_batch_id: key, customer_name: key, batch_type: key, event: key,
    total_records: bigint, successful_records: bigint, failed_records: bigint, error_summary: text, actor_login: key,
    actor_os_user: key, host: key, target: key, git_commit: key, version: key, monday_user: key, plan_id: key,
    guard_lifted: key, settings: text, endpoint: key, account_id: key, recorded_at: timestamp, rollback_of_batch: key}
mon_rollback_request:
    {seq: bigint, board: key, batch_id: key, reason: text, requested_by: key, recorded_at: timestamp}
mon_decision:
    {seq: bigint, board: key, decision: key, scope: key, plan_id: key, batch_key: key, record_key: key,
    column_id: key, value_seen: text, decided_by: key, reason: text, recorded_at: timestamp}
mon_verification:
    {verification_id: key, board: key, monday_board_id: bigint, plan_id: key, cells: bigint, as_meant_cells: bigint,
    different_cells: bigint, untouched_cells: bigint, unchecked_cells: bigint, verified_by: key, endpoint: key,
    recorded_at: timestamp}
mon_build_event:
    {build_seq: bigint, invocation_id: key, node: key, node_name: key, node_type: key, status: key, failures: bigint,
    severity: key, attached_node: key, board: key, extract_id: key, as_of_seq: bigint, row_count: bigint,
    relation_name: text, target: key, recorded_at: timestamp}
    {% endset %}
    {{ return(fromyaml(tables)) }}
{% endmacro %}

{# Grows by one with each change of opus_runner_tables. #}
{% macro opus_layout_version() %}{{ return(5) }}{% endmacro %}
