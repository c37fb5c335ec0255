select
    count(*) as open_operations,
    coalesce(sum(case when sent.seq > :extract_started_seq then 1 else 0 end), 0) as open_since_extract,
    max(sent.recorded_at) as last_open_sent_at
from (
    select operation_id, max(seq) as seq, max(recorded_at) as recorded_at
    from {schema}.mon_operation_event
    where board = :board
        and event = 'SENT'
    group by operation_id
) as sent
left join (
    select distinct operation_id
    from {schema}.mon_operation_event
    where board = :board
        and event <> 'SENT'
) as ended
    on sent.operation_id = ended.operation_id
where ended.operation_id is null
