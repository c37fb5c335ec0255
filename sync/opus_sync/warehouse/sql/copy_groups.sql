select monday_board_id, group_id, title, color, position, archived
from {schema}.mon_raw_group
where extract_id = :extract_id
