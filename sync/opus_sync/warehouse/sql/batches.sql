-- Batches of a board with their newest event and what became of their rows: every one, or those of the last push and
-- those that are not at their end.
select
    ended.batch_id,
    ended.customer_name,
    ended.batch_type,
    ended.event,
    ended.total_records,
    ended.error_summary,
    ended.rollback_of_batch,
    ended.plan_id,
    ended.guard_lifted,
    ended.actor_login,
    ended.actor_os_user,
    ended.host,
    ended.target,
    ended.git_commit,
    ended.version,
    ended.monday_user,
    ended.settings,
    ended.recorded_at as event_at,
    began.started_at,
    began.is_last,
    outcomes.last_outcome_at,
    coalesce(outcomes.succeeded, 0) as succeeded,
    coalesce(outcomes.failed, 0) as failed,
    coalesce(outcomes.others, 0) as others
from {schema}.mon_batch_event as ended
inner join (
    select
        events.batch_id,
        max(events.seq) as seq,
        min(events.recorded_at) as started_at,
        max(
            case
                when events.event = 'STARTED'
                    and coalesce(events.update_batch_id, '') = coalesce(newest.update_batch_id, '')
                    then 1
                else 0
            end
        ) as is_last
    from {schema}.mon_batch_event as events
    left join (
        select update_batch_id
        from {schema}.mon_batch_event
        where board = :board
            and seq = (select max(seq) from {schema}.mon_batch_event where board = :board and event = 'STARTED')
            and event = 'STARTED'
    ) as newest
        on 1 = 1
    where events.board = :board
    group by events.batch_id
) as began
    on ended.batch_id = began.batch_id
    and ended.seq = began.seq
left join (
    select
        operations.batch_id,
        max(operations.recorded_at) as last_outcome_at,
        sum(case when operations.event = 'SUCCEEDED' then 1 else 0 end) as succeeded,
        sum(case when operations.event = 'FAILED' then 1 else 0 end) as failed,
        sum(case when operations.event in ('NOT_APPLIED', 'SUPERSEDED', 'CONFLICT') then 1 else 0 end) as others
    from {schema}.mon_operation_event as operations
    inner join (
        select operation_id, max(seq) as seq
        from {schema}.mon_operation_event
        where board = :board
        group by operation_id
    ) as newest_events
        on operations.operation_id = newest_events.operation_id
        and operations.seq = newest_events.seq
    where operations.board = :board
    group by operations.batch_id
) as outcomes
    on ended.batch_id = outcomes.batch_id
where ended.board = :board
    and (:every_batch = 1 or began.is_last = 1 or ended.event not in ('PROMOTED', 'FAILED'))
order by began.started_at, ended.batch_id
