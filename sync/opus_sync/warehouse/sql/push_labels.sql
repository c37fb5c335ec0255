select monday_board_id, column_id, label_id, label, is_deactivated
from {schema}.mon_raw_label
where extract_id = :extract_id
