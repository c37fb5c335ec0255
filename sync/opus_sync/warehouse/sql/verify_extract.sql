select monday_board_id, monday_item_id, parent_item_id, group_id, item_name, monday_updated_at, column_values
from {schema}.mon_raw_item
where extract_id = :extract_id
    and monday_item_id % :parts = :part
