select monday_board_id, parent_board_id, items_count
from {schema}.mon_raw_board
where extract_id = :extract_id
