select
    newest.batch_id,
    batches.customer_name,
    batches.batch_type,
    batches.total_records,
    batches.event,
    batches.update_batch_id,
    batches.plan_id,
    batches.guard_lifted,
    batches.rollback_of_batch,
    coalesce(outcomes.succeeded, 0) as succeeded,
    coalesce(outcomes.failed, 0) as failed,
    coalesce(outcomes.others, 0) as others
from (
    select batch_id, max(seq) as seq
    from {schema}.mon_batch_event
    where board = :board
    group by batch_id
) as newest
inner join {schema}.mon_batch_event as batches
    on newest.batch_id = batches.batch_id
    and newest.seq = batches.seq
left join (
    select
        batch_id,
        sum(case when event = 'SUCCEEDED' then 1 else 0 end) as succeeded,
        sum(case when event = 'FAILED' then 1 else 0 end) as failed,
        sum(case when event in ('NOT_APPLIED', 'SUPERSEDED', 'CONFLICT') then 1 else 0 end) as others
    from {schema}.mon_operation_event
    where board = :board
    group by batch_id
) as outcomes
    on newest.batch_id = outcomes.batch_id
left join (
    select distinct open_ones.batch_id
    from (
        select batch_id, operation_id
        from {schema}.mon_operation_event
        where board = :board
        group by batch_id, operation_id
        having max(case when event = 'SENT' then 0 else 1 end) = 0
    ) as open_ones
) as still_open
    on newest.batch_id = still_open.batch_id
where batches.board = :board
    and batches.event <> 'PROMOTED'
    and (batches.event <> 'FAILED' or still_open.batch_id is not null)
order by newest.seq
