{% set columns = ['board', 'update_type', 'stg_id', 'record_key', 'monday_item_id', 'group_id', 'update_fields', 'customer_batch'] %}
with

held as (
    {{ opus_over_boards('staged', columns, "hold_reason = 'CONFLICT'", ['items', 'subitems']) }}
),

wanted_cells as (
    {{ opus_json_each('held', 'update_fields', ['board', 'update_type', 'stg_id', 'record_key', 'monday_item_id', 'customer_batch']) | indent(4) }}
),

drift as (
    select * from {{ ref('mon_drift') }}
),

held_structure as (
    {{ opus_over_boards('staged', columns, "hold_reason = 'CONFLICT'", ['groups', 'board']) }}
),

wanted_structure as (
    {{ opus_json_each('held_structure', 'update_fields', ['board', 'update_type', 'stg_id', 'record_key', 'group_id', 'customer_batch']) | indent(4) }}
)

select
    wanted_cells.board,
    wanted_cells.update_type,
    wanted_cells.stg_id,
    wanted_cells.record_key,
    wanted_cells.monday_item_id,
    wanted_cells.customer_batch,
    wanted_cells.member as column_id,
    drift.last_synced_value,
    drift.board_value,
    wanted_cells.member_value as desired_value,
    {{ opus_text('null') }} as group_id
from wanted_cells
inner join drift
    on wanted_cells.board = drift.board
    and wanted_cells.monday_item_id = drift.monday_item_id
    and wanted_cells.member = drift.column_id
union all
select
    wanted.board,
    wanted.update_type,
    wanted.stg_id,
    wanted.record_key,
    null,
    wanted.customer_batch,
    wanted.member,
    drift.last_synced_value,
    drift.board_value,
    wanted.member_value,
    wanted.group_id
from wanted_structure as wanted
-- One group that somebody dragged holds back every move.
left join drift
    on wanted.board = drift.board
    and drift.entity = case when wanted.update_type = 'update_boards' then 'board' else 'groups' end
    and coalesce(wanted.group_id, '') = coalesce(drift.group_id, '')
    and drift.column_id = case when wanted.member = '$after' then '$position' else wanted.member end
where wanted.member <> '$before'
