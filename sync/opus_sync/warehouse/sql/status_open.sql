select count(*) as open_operations, max(last_sent_at) as last_sent_at
from (
    select operation_id, max(recorded_at) as last_sent_at
    from {schema}.mon_operation_event
    where board = :board
    group by operation_id
    having max(case when event = 'SENT' then 0 else 1 end) = 0
) as open_ones
