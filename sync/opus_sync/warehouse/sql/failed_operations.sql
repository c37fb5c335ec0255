select failed.stg_id, failed.batch_id, failed.error_type
from {schema}.mon_operation_event as failed
inner join (
    select stg_id, max(seq) as seq
    from {schema}.mon_operation_event
    where board = :board
        and event in ('SUCCEEDED', 'FAILED', 'NOT_APPLIED', 'SUPERSEDED', 'CONFLICT')
    group by stg_id
) as newest
    on failed.stg_id = newest.stg_id
    and failed.seq = newest.seq
where failed.board = :board
    and failed.event = 'FAILED'
