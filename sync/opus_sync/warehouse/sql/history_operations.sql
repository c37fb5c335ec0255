-- Each operation of a batch: what became of it, how often it was sent, and its staged row.
select
    newest.event,
    newest.error_type,
    newest.error_message,
    operations.attempts,
    operations.staged_row
from {schema}.mon_operation_event as newest
inner join (
    select operation_id, max(seq) as seq, max(attempt) as attempts, max(staged_row) as staged_row
    from {schema}.mon_operation_event
    where board = :board
        and batch_id = :batch_id
    group by operation_id
) as operations
    on newest.operation_id = operations.operation_id
    and newest.seq = operations.seq
where newest.board = :board
