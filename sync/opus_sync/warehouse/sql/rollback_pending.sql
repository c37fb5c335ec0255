select
    requests.board,
    requests.batch_id,
    requests.reason,
    requests.requested_by,
    requests.seq
from {schema}.mon_rollback_request as requests
left join (
    select board, rollback_of_batch, max(seq) as seq
    from {schema}.mon_batch_event
    where rollback_of_batch is not null
        and event <> 'STARTED'
    group by board, rollback_of_batch
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
