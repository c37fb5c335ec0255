select
    coalesce(sum(case when is_subitem = 0 then alive else 0 end), 0) as items,
    coalesce(sum(case when is_subitem = 1 then alive else 0 end), 0) as subitems
from (
    select case when parent_item_id is null then 0 else 1 end as is_subitem, 1 as alive
    from {schema}.mon_raw_item
    where extract_id = :extract_id
    union all
    select
        case when update_type = 'update_subitems' then 1 else 0 end as is_subitem,
        case when new_value = 'active' then 1 else -1 end as alive
    from {schema}.mon_update_audit_log
    where board = :board
        and extract_id = :extract_id
        and column_id = '$state'
) as counted
