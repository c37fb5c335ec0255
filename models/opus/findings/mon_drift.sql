with

edited as (
    {{ opus_over_boards('base', ['board', 'entity', 'monday_item_id', 'record_key', 'base_values', 'drift_fields'], 'drift_fields is not null', ['items', 'subitems']) }}
),

board_cells as (
    {{ opus_json_each('edited', 'drift_fields', ['board', 'entity', 'monday_item_id', 'record_key']) | indent(4) }}
),

base_cells as (
    {{ opus_json_each('edited', 'base_values', ['board', 'entity', 'monday_item_id']) | indent(4) }}
),

edited_structure as (
    {{ opus_over_boards('base', ['board', 'entity', 'record_id', 'record_key', 'column_id', 'base_value', 'board_value'], 'is_edited = 1', ['groups', 'board']) }}
)

select
    board_cells.board,
    board_cells.entity,
    board_cells.monday_item_id,
    board_cells.record_key,
    board_cells.member as column_id,
    nullif(base_cells.member_value, '') as last_synced_value,
    board_cells.member_value as board_value,
    {{ opus_text('null') }} as group_id
from board_cells
inner join {{ ref('mon_items') }} as items
    on board_cells.board = items.board
    and board_cells.monday_item_id = items.monday_item_id
left join base_cells
    on board_cells.board = base_cells.board
    and board_cells.entity = base_cells.entity
    and board_cells.monday_item_id = base_cells.monday_item_id
    and board_cells.member = base_cells.member
union all
select
    edited.board,
    edited.entity,
    null,
    edited.record_key,
    edited.column_id,
    nullif(edited.base_value, ''),
    nullif(edited.board_value, ''),
    groups.group_id
from edited_structure as edited
left join {{ ref('mon_groups') }} as groups
    on edited.board = groups.board
    and edited.record_id = groups.group_id
    and groups.entity = 'items'
    and groups.is_active = 1
where edited.entity = 'board'
    or groups.group_id is not null
