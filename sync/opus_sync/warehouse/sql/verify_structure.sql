-- The last write to each cell of groups and of the board itself; what stood beside a group says nothing later.
select
    audit.operation_id,
    audit.batch_id,
    audit.update_type,
    audit.group_id,
    audit.column_id,
    audit.old_value,
    audit.new_value,
    sent.staged_row
from {schema}.mon_update_audit_log as audit
inner join (
    select update_type, coalesce(group_id, '') as group_id, column_id, max(seq) as seq
    from {schema}.mon_update_audit_log
    where board = :board
        and update_type in ('update_groups', 'update_boards')
    group by update_type, coalesce(group_id, ''), column_id
) as newest
    on audit.update_type = newest.update_type
    and coalesce(audit.group_id, '') = newest.group_id
    and audit.column_id = newest.column_id
    and audit.seq = newest.seq
left join (
    select group_id, max(seq) as seq
    from {schema}.mon_update_audit_log
    where board = :board
        and update_type = 'update_groups'
        and column_id = '$state'
        and new_value <> 'active'
    group by group_id
) as removed
    on audit.group_id = removed.group_id
    and audit.seq < removed.seq
left join {schema}.mon_operation_event as sent
    on audit.board = sent.board
    and audit.operation_id = sent.operation_id
    and sent.event = 'SENT'
    and sent.attempt = 1
where audit.board = :board
    and audit.seq >= :first_seq
    and audit.column_id not in ('$after', '$before')
    and removed.seq is null
order by audit.seq
