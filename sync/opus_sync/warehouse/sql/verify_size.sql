select count(*) as cells
from {schema}.mon_update_audit_log
where board = :board
    and seq >= :first_seq
