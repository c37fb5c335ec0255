select
    active.extract_id,
    active.monday_board_id,
    active.endpoint,
    active.account_id,
    (
        select max(changes.seq)
        from (
            select seq from {schema}.mon_extract where board = :board and status = 'ACTIVE'
            union all
            select seq from {schema}.mon_operation_event where board = :board
            union all
            select seq from {schema}.mon_update_audit_log where board = :board
            union all
            -- Approvals and stops are about pushes, requests about rollbacks: no staged row depends on them.
            select seq
            from {schema}.mon_decision
            where board = :board
                and coalesce(scope, '') <> 'plan'
                and decision <> 'STOP'
        ) as changes
    ) as as_of_seq,
    started.recorded_at as extract_started_at
from {schema}.mon_extract as active
left join {schema}.mon_extract as started
    on started.board = active.board
    and started.status = 'STARTED'
    -- Metadata alone makes no item younger.
    and started.extract_id = (
        select extract_id
        from {schema}.mon_extract
        where board = :board
            and status = 'ACTIVE'
            and seq = (
                select max(seq)
                from {schema}.mon_extract
                where board = :board
                    and status = 'ACTIVE'
                    and coalesce(mode, 'full') <> 'metadata'
            )
    )
where active.board = :board
    and active.status = 'ACTIVE'
    and active.seq = (select max(seq) from {schema}.mon_extract where board = :board and status = 'ACTIVE')
