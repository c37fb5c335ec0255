select count(*) as cells
from {schema}.mon_update_audit_log
where board = :board
    and batch_id = :batch_id
