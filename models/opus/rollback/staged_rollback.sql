with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

metadata as (
    select * from {{ ref('mon_metadata') }}
),

items as (
    select * from {{ ref('mon_items') }}
),

groups as (
    select * from {{ ref('mon_groups') }} where entity = 'items' and is_active = 1
),

boards as (
    select * from {{ ref('mon_boards') }}
),

operations as (
    select * from {{ ref('mon_operation_status') }}
),

{{ _opus_writes(source('opus', 'mon_update_audit_log')) }},

{{ _opus_undone_changes() }},

{{ _opus_undone_creates(source('opus', 'mon_raw_item')) }},

{{ _opus_structure_writes(source('opus', 'mon_update_audit_log')) }},

{{ _opus_undone_structure() }},

{{ _opus_undone_groups() }},

undone as (
    select * from undone_changes
    union all
    select * from undone_creates
    union all
    select * from undone_structure
    union all
    select * from undone_groups
)

select
    {{ opus_hash(opus_concat_ws([
        'undone.board', "'rollback'", 'undone.operation_id', 'undone.validation_status', 'undone.update_fields',
    ], '|')) }} as stg_id,
    undone.board,
    undone.update_type,
    undone.update_operation,
    operations.record_key,
    operations.parent_key,
    undone.monday_board_id,
    undone.monday_item_id,
    undone.parent_item_id,
    undone.group_id,
    {{ opus_text('null') }} as item_name,
    undone.update_fields,
    undone.old_fields,
    'mon_update_audit_log' as source_table,
    concat(
        {{ opus_literal('select * from ' ~ source('opus', 'mon_update_audit_log') ~ " where operation_id = '") }},
        undone.operation_id, ''''
    ) as source_query,
    undone.batch_id as update_batch_id,
    {{ opus_json_get('operations.staged_row', 'customer_batch') }} as customer_batch,
    sync_point.extract_id,
    sync_point.as_of_seq,
    undone.validation_status,
    nullif(concat('[', undone.problems, ']'), '[]') as validation_errors,
    {{ opus_text('null') }} as hold_reason,
    {{ opus_text('null') }} as group_key,
    undone.push_order,
    undone.batch_id as rollback_of_batch,
    undone.operation_id as rollback_of_operation
from undone
inner join sync_point on undone.board = sync_point.board
left join operations
    on undone.board = operations.board
    and undone.operation_id = operations.operation_id
