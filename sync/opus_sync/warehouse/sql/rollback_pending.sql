select
    requests.board,
    requests.batch_id,
    requests.reason,
    requests.requested_by,
    requests.seq
from {schema}.mon_rollback_request as requests
left join (
    -- Undone as far as it can be: every row of the batch that did it has an outcome that will not change by itself.
    select ends.board, ends.rollback_of_batch, max(ends.seq) as seq
    from {schema}.mon_batch_event as ends
    left join (
        select
            batch_id,
            sum(case when event in ('SUCCEEDED', 'FAILED', 'CONFLICT', 'SUPERSEDED') then 1 else 0 end) as ended
        from {schema}.mon_operation_event
        group by batch_id
    ) as outcomes
        on ends.batch_id = outcomes.batch_id
    where ends.rollback_of_batch is not null
        and coalesce(outcomes.ended, 0) >= ends.total_records
    group by ends.board, ends.rollback_of_batch
) as done
    on requests.board = done.board
    and requests.batch_id = done.rollback_of_batch
    and requests.seq < done.seq
where done.seq is null
    and requests.seq = (
        select max(later.seq)
        from {schema}.mon_rollback_request as later
        where later.board = requests.board
            and later.batch_id = requests.batch_id
    )
order by requests.board, requests.seq
