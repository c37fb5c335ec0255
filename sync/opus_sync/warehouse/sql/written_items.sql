-- The items that were written since an extract; the current tables show them by their writes, the next extract must.
select distinct monday_board_id, monday_item_id
from {schema}.mon_update_audit_log
where board = :board
    and extract_id = :extract_id
    and monday_item_id is not null
