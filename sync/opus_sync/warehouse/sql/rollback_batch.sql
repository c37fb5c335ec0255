select
    newest.board,
    newest.batch_id,
    newest.customer_name,
    newest.batch_type,
    newest.event,
    newest.rollback_of_batch
from {schema}.mon_batch_event as newest
inner join (
    select batch_id, max(seq) as seq
    from {schema}.mon_batch_event
    where batch_id = :batch_id
    group by batch_id
) as last
    on newest.batch_id = last.batch_id
    and newest.seq = last.seq
