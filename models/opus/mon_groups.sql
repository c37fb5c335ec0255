with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

extracted as (
    select sync_point.board, raw_groups.*
    from {{ source('opus', 'mon_raw_group') }} as raw_groups
    inner join sync_point on raw_groups.extract_id = sync_point.extract_id
),

written as (
    {{ opus_last_writes(source('opus', 'mon_update_audit_log'), 'sync_point', ['monday_board_id', 'group_id'], "audit.update_type = 'update_groups'") | indent(4) }}
),

written_groups as (
    select
        board,
        monday_board_id,
        group_id,
        max(extract_id) as extract_id,
        max(case when column_id = 'title' then new_value end) as title,
        max(case when column_id = 'color' then new_value end) as color,
        max(case when column_id = '$position' then new_value end) as position,
        max(case when column_id = '$state' then new_value end) as state
    from written
    group by board, monday_board_id, group_id
)

select
    coalesce(extracted.board, written_groups.board) as board,
    coalesce(extracted.extract_id, written_groups.extract_id) as extract_id,
    coalesce(extracted.monday_board_id, written_groups.monday_board_id) as monday_board_id,
    coalesce(extracted.group_id, written_groups.group_id) as group_id,
    coalesce(written_groups.title, extracted.title) as title,
    coalesce(written_groups.color, extracted.color) as color,
    coalesce(written_groups.position, extracted.position) as position,
    case
        when coalesce(written_groups.state, 'active') <> 'active' or {{ opus_is_true('extracted.archived') }} then 0
        else 1
    end as is_active,
    case
        when coalesce(extracted.monday_board_id, written_groups.monday_board_id) = sync_point.monday_board_id then 'items'
        else 'subitems'
    end as entity
from extracted
full outer join written_groups
    on extracted.board = written_groups.board
    and extracted.monday_board_id = written_groups.monday_board_id
    and extracted.group_id = written_groups.group_id
inner join sync_point on coalesce(extracted.board, written_groups.board) = sync_point.board
