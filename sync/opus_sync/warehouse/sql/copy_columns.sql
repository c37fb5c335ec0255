select monday_board_id, column_id, title, column_type, description, settings, revision, archived
from {schema}.mon_raw_column
where extract_id = :extract_id
order by monday_board_id, position
