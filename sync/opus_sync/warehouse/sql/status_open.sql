select count(*) as open_operations, max(sent.recorded_at) as last_sent_at
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
