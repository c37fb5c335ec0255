select monday_board_id, parent_board_id, board_name, description, state, board_kind, items_limit, first_day_of_week
from {schema}.mon_raw_board
where extract_id = :extract_id
