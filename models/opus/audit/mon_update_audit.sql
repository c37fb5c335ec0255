{{ config(alias=opus_house_name('MON_UpdateAudit')) }}

with

audit as (
    select * from {{ source('opus', 'mon_update_audit_log') }}
),

rollbacks as (
    select board, rollback_of, max(update_timestamp) as rollback_timestamp
    from audit
    where rollback_of is not null
    group by board, rollback_of
),

undone_creates as (
    -- A new item is undone as a whole, by archiving it: that takes back its state and all its cells with it.
    select audit.board, audit.operation_id, rollbacks.rollback_timestamp
    from audit
    inner join rollbacks
        on audit.board = rollbacks.board
        and audit.audit_id = rollbacks.rollback_of
    where audit.update_operation = 'CREATE'
        and audit.column_id = '$state'
),

requests as (
    select
        board, batch_id, reason,
        row_number() over (partition by board, batch_id order by seq desc) as newest_first
    from {{ source('opus', 'mon_rollback_request') }}
),

dated as (
    select
        audit.*,
        coalesce(rollbacks.rollback_timestamp, undone_creates.rollback_timestamp) as rollback_timestamp
    from audit
    left join rollbacks
        on audit.board = rollbacks.board
        and audit.audit_id = rollbacks.rollback_of
    left join undone_creates
        on audit.board = undone_creates.board
        and audit.operation_id = undone_creates.operation_id
)

select
    dated.audit_id,
    dated.batch_id,
    dated.update_operation,
    dated.monday_item_id,
    dated.monday_board_id,
    dated.column_id,
    dated.old_value,
    dated.new_value,
    dated.update_timestamp,
    dated.rollback_timestamp,
    case when dated.rollback_timestamp is not null then requests.reason end as rollback_reason,
    dated.board,
    dated.operation_id,
    dated.update_type,
    dated.rollback_of,
    dated.seq,
    dated.group_id
from dated
left join requests
    on dated.board = requests.board
    and dated.batch_id = requests.batch_id
    and requests.newest_first = 1
