-- The last write to each cell, of one part of the items; a cell of an item that was removed later says nothing.
select
    audit.operation_id,
    audit.batch_id,
    audit.update_type,
    audit.monday_item_id,
    audit.column_id,
    audit.old_value,
    audit.new_value
from {schema}.mon_update_audit_log as audit
inner join (
    select monday_item_id, column_id, max(seq) as seq
    from {schema}.mon_update_audit_log
    where board = :board
    group by monday_item_id, column_id
) as newest
    on audit.monday_item_id = newest.monday_item_id
    and audit.column_id = newest.column_id
    and audit.seq = newest.seq
left join (
    select monday_item_id, max(seq) as seq
    from {schema}.mon_update_audit_log
    where board = :board
        and column_id = '$state'
        and new_value <> 'active'
    group by monday_item_id
) as removed
    on audit.monday_item_id = removed.monday_item_id
    and audit.seq < removed.seq
left join (
    select monday_item_id, max(seq) as seq
    from {schema}.mon_update_audit_log
    where board = :board
        and column_id = '$state'
        and new_value <> 'active'
    group by monday_item_id
) as removed_parents
    on audit.parent_item_id = removed_parents.monday_item_id
    and audit.seq < removed_parents.seq
where audit.board = :board
    and audit.seq >= :first_seq
    and audit.monday_item_id % :parts = :part
    and removed.seq is null
    and removed_parents.seq is null
order by audit.seq
