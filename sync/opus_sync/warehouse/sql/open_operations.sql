select
    sent.seq,
    sent.operation_id,
    sent.batch_id,
    sent.attempt,
    sent.request_id,
    sent.payload,
    sent.staged_row,
    sent.sent_fields,
    sent.seen_fields
from {schema}.mon_operation_event as sent
inner join (
    select operation_id, max(seq) as seq
    from {schema}.mon_operation_event
    where board = :board
    group by operation_id
) as newest
    on sent.operation_id = newest.operation_id
    and sent.seq = newest.seq
where sent.board = :board
    and sent.event = 'SENT'
order by sent.seq
