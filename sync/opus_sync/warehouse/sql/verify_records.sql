select sent.operation_id, sent.staged_row
from {schema}.mon_operation_event as sent
inner join (
    select distinct operation_id
    from {schema}.mon_update_audit_log
    where board = :board
        and seq >= :first_seq
        and monday_item_id % :parts = :part
) as written
    on sent.operation_id = written.operation_id
where sent.board = :board
    and sent.event = 'SENT'
