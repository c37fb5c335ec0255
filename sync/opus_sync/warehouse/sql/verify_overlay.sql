select monday_item_id, monday_board_id, update_type, column_id, new_value
from {schema}.mon_update_audit_log
where board = :board
    and extract_id = :extract_id
    and seq <= :as_of_seq
    and monday_item_id % :parts = :part
order by seq
