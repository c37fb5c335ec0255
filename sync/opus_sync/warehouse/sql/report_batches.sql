select batch_id, customer_name, min(recorded_at) as started_at
from {schema}.mon_batch_event
where board = :board
group by batch_id, customer_name
order by started_at desc
