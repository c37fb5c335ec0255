-- One part of an extract's items as a listing shows them; with their cells where some of those are listed, too.
select
    monday_board_id,
    monday_item_id,
    parent_item_id,
    group_id,
    item_name,
    monday_updated_at,
    case when :with_cells = 1 then column_values end as column_values
from {schema}.mon_raw_item
where extract_id = :extract_id
    and monday_item_id % :parts = :part
