select
    coalesce(sum(case when kind = 'update_items' then alive else 0 end), 0) as items,
    coalesce(sum(case when kind = 'update_subitems' then alive else 0 end), 0) as subitems,
    coalesce(sum(case when kind = 'update_groups' then alive else 0 end), 0) as groups
from (
    select case when parent_item_id is null then 'update_items' else 'update_subitems' end as kind, 1 as alive
    from {schema}.mon_raw_item
    where extract_id = :extract_id
    union all
    select 'update_groups' as kind, 1 as alive
    from {schema}.mon_raw_group as raw_groups
    inner join {schema}.mon_extract as active
        on raw_groups.extract_id = active.extract_id
        and raw_groups.monday_board_id = active.monday_board_id
        and active.status = 'ACTIVE'
    where active.extract_id = :extract_id
        and active.board = :board
    union all
    select
        update_type as kind,
        case when new_value = 'active' then 1 else -1 end as alive
    from {schema}.mon_update_audit_log
    where board = :board
        and extract_id = :extract_id
        and column_id = '$state'
) as counted
