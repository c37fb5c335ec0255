select operation_id, column_id, old_value, new_value
from {schema}.mon_update_audit_log
where board = :board
    and batch_id = :batch_id
order by seq
