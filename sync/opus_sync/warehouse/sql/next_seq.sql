select coalesce(max(seq), 0) + 1 as seq
from (
    select max(seq) as seq from {schema}.mon_extract where board = :board
    union all
    select max(seq) from {schema}.mon_operation_event where board = :board
    union all
    select max(seq) from {schema}.mon_update_audit_log where board = :board
    union all
    select max(seq) from {schema}.mon_batch_event where board = :board
    union all
    select max(seq) from {schema}.mon_rollback_request where board = :board
    union all
    select max(seq) from {schema}.mon_decision where board = :board
) as counters
