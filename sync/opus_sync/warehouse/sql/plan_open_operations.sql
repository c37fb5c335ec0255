select count(*) as open_operations
from (
    select operation_id
    from {schema}.mon_operation_event
    where board = :board
    group by operation_id
    having max(case when event = 'SENT' then 0 else 1 end) = 0
) as open_ones
