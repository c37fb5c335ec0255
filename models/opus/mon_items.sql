with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

groups as (
    select * from {{ ref('mon_groups') }}
),

extracted as (
    select sync_point.board, raw_items.*
    from {{ source('opus', 'mon_raw_item') }} as raw_items
    inner join sync_point on raw_items.extract_id = sync_point.extract_id
),

written as (
    {{ opus_last_writes(source('opus', 'mon_update_audit_log'), 'sync_point', ['monday_item_id'], 'audit.monday_item_id is not null') | indent(4) }}
),

written_items as (
    {{ opus_written_items('written') | indent(4) }}
),

overlaid as (
    select
        coalesce(extracted.board, written_items.board) as board,
        coalesce(extracted.extract_id, written_items.extract_id) as extract_id,
        coalesce(extracted.monday_board_id, written_items.monday_board_id) as monday_board_id,
        coalesce(extracted.monday_item_id, written_items.monday_item_id) as monday_item_id,
        coalesce(written_items.parent_item_id, extracted.parent_item_id) as parent_item_id,
        coalesce(written_items.group_id, extracted.group_id) as group_id,
        coalesce(written_items.item_name, extracted.item_name) as item_name,
        coalesce(written_items.state, 'active') as state,
        coalesce(written_items.written_at, extracted.monday_updated_at) as monday_updated_at,
        case
            when written_items.cells is null then extracted.column_values
            else {{ opus_json_merge("coalesce(extracted.column_values, '{}')", 'written_items.cells') }}
        end as column_values
    from extracted
    full outer join written_items
        on extracted.board = written_items.board
        and extracted.monday_item_id = written_items.monday_item_id
),

gone_with_group as (
    -- A group goes with its items, and an item with its subitems.
    select groups.board, extracted.monday_item_id
    from groups
    inner join extracted
        on groups.board = extracted.board
        and groups.monday_board_id = extracted.monday_board_id
        and groups.group_id = extracted.group_id
    left join written_items as moved
        on extracted.board = moved.board
        and extracted.monday_item_id = moved.monday_item_id
        and moved.group_id is not null
    where groups.is_active = 0
        and moved.monday_item_id is null
    union all
    select groups.board, written_items.monday_item_id
    from groups
    inner join written_items
        on groups.board = written_items.board
        and groups.monday_board_id = written_items.monday_board_id
        and groups.group_id = written_items.group_id
    where groups.is_active = 0
)

select
    overlaid.board,
    overlaid.extract_id,
    overlaid.monday_board_id,
    overlaid.monday_item_id,
    overlaid.parent_item_id,
    overlaid.group_id,
    groups.title as group_title,
    overlaid.item_name,
    overlaid.monday_updated_at,
    overlaid.column_values
from overlaid
left join written_items as parents
    on overlaid.board = parents.board
    and overlaid.parent_item_id = parents.monday_item_id
left join groups
    on overlaid.board = groups.board
    and overlaid.monday_board_id = groups.monday_board_id
    and overlaid.group_id = groups.group_id
left join gone_with_group
    on overlaid.board = gone_with_group.board
    and coalesce(overlaid.parent_item_id, overlaid.monday_item_id) = gone_with_group.monday_item_id
where overlaid.state = 'active'
    and coalesce(parents.state, 'active') = 'active'
    and gone_with_group.monday_item_id is null
