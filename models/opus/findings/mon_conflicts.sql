with

held as (
    {{ opus_over_boards('staged', ['board', 'update_type', 'stg_id', 'record_key', 'monday_item_id', 'update_fields', 'customer_batch'], "hold_reason = 'CONFLICT'") }}
),

wanted_cells as (
    {{ opus_json_each('held', 'update_fields', ['board', 'update_type', 'stg_id', 'record_key', 'monday_item_id', 'customer_batch']) | indent(4) }}
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
    wanted_cells.member_value as desired_value
from wanted_cells
inner join {{ ref('mon_drift') }} as drift
    on wanted_cells.board = drift.board
    and wanted_cells.monday_item_id = drift.monday_item_id
    and wanted_cells.member = drift.column_id
