-- The batches that took back what this one wrote.
select batch_id, min(recorded_at) as started_at
from {schema}.mon_batch_event
where rollback_of_batch = :batch_id
group by batch_id
