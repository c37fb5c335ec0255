with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

written as (
    {{ opus_last_writes(source('opus', 'mon_update_audit_log'), 'sync_point', ['monday_board_id'], "audit.update_type = 'update_boards'") | indent(4) }}
),

written_boards as (
    select
        board,
        monday_board_id,
        max(case when column_id = 'name' then new_value end) as name,
        max(case when column_id = 'description' then new_value end) as description,
        -- What was emptied is a write, too.
        max(case when column_id = 'description' then 1 else 0 end) as is_described
    from written
    group by board, monday_board_id
)

select
    sync_point.board,
    raw_boards.extract_id,
    raw_boards.monday_board_id,
    coalesce(written_boards.name, raw_boards.board_name) as name,
    nullif(case when written_boards.is_described = 1 then written_boards.description else raw_boards.description end, '') as description,
    raw_boards.state,
    raw_boards.board_kind,
    raw_boards.url
from {{ source('opus', 'mon_raw_board') }} as raw_boards
inner join sync_point
    on raw_boards.extract_id = sync_point.extract_id
    and raw_boards.monday_board_id = sync_point.monday_board_id
left join written_boards
    on sync_point.board = written_boards.board
    and raw_boards.monday_board_id = written_boards.monday_board_id
