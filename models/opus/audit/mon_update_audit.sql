with

audit as (
    select * from {{ source('opus', 'mon_update_audit_log') }}
),

rollbacks as (
    select rollback_of, max(update_timestamp) as rollback_timestamp
    from audit
    where rollback_of is not null
    group by rollback_of
),

requests as (
    select board, batch_id, max(reason) as rollback_reason
    from {{ source('opus', 'mon_rollback_request') }}
    group by board, batch_id
)

select
    audit.audit_id,
    audit.batch_id,
    audit.update_operation,
    audit.monday_item_id,
    audit.monday_board_id,
    audit.column_id,
    audit.old_value,
    audit.new_value,
    audit.update_timestamp,
    rollbacks.rollback_timestamp,
    case when rollbacks.rollback_of is not null then requests.rollback_reason end as rollback_reason,
    audit.board,
    audit.operation_id,
    audit.update_type,
    audit.rollback_of,
    audit.seq
from audit
left join rollbacks on audit.audit_id = rollbacks.rollback_of
left join requests
    on audit.board = requests.board
    and audit.batch_id = requests.batch_id
