select batch_id, min(actor_os_user) as os_user, min(recorded_at) as first_at
from {schema}.mon_batch_event
where board = :board
    and plan_id = :plan_id
group by batch_id
order by first_at
