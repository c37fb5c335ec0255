-- Takes the items of an extract over into another, but for those left out.
insert into {schema}.mon_raw_item (
    extract_id, monday_board_id, monday_item_id, parent_item_id, group_id, item_name, monday_updated_at, column_values
)
select
    :into_extract_id, monday_board_id, monday_item_id, parent_item_id, group_id, item_name, monday_updated_at,
    column_values
from {schema}.mon_raw_item as items
where items.extract_id = :extract_id
    and not exists (
        select 1
        from ({numbers:left_out}) as left_out
        where left_out.number = items.monday_item_id
    )
