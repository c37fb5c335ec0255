-- What a batch sent and what came of it, event by event.
select
    seq,
    operation_id,
    event,
    monday_item_id,
    error_type,
    error_message,
    staged_row,
    sent_fields,
    seen_fields,
    recorded_at
from {schema}.mon_operation_event
where board = :board
    and batch_id = :batch_id
order by seq
