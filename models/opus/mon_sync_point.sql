{{ config(materialized='table', as_columnstore=false) }}

with

extracts as (
    select *
    from {{ source('opus', 'mon_extract') }}
    where status = 'ACTIVE'
),

active as (
    select
        extracts.*,
        row_number() over (partition by board order by seq desc) as newest_first
    from extracts
),

changes as (
    select board, seq from {{ source('opus', 'mon_operation_event') }}
    union all
    select board, seq from {{ source('opus', 'mon_update_audit_log') }}
    union all
    select board, seq
    from {{ source('opus', 'mon_decision') }}
    where coalesce(scope, '') <> 'plan'
        and decision <> 'STOP'
),

last_change as (
    select board, max(seq) as seq
    from changes
    group by board
)

select
    active.board,
    active.monday_board_id,
    active.extract_id,
    case when last_change.seq > active.seq then last_change.seq else active.seq end as as_of_seq,
    active.endpoint,
    active.account_id,
    active.recorded_at as extracted_at
from active
left join last_change on active.board = last_change.board
where active.newest_first = 1
