-- What people call items and where they lie, without their cells.
select monday_item_id, item_name, group_id
from {schema}.mon_raw_item
where extract_id = :extract_id
