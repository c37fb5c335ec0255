select
    seq,
    board,
    batch_id,
    customer_name,
    batch_type,
    event,
    total_records,
    successful_records,
    failed_records,
    error_summary,
    actor_login,
    actor_os_user,
    host,
    target,
    git_commit,
    version,
    monday_user,
    plan_id,
    guard_lifted,
    settings,
    endpoint,
    account_id,
    rollback_of_batch,
    recorded_at
from {schema}.mon_batch_event
where batch_id = :batch_id
order by seq
