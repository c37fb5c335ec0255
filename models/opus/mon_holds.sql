with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

decisions as (
    select
        mon_decision.*,
        row_number() over (
            partition by board, scope, {{ opus_exact('batch_key') }}, {{ opus_exact('record_key') }}, column_id order by seq desc
        ) as newest_first
    from {{ source('opus', 'mon_decision') }} as mon_decision
    where decision in ('HOLD', 'RELEASE')
        and scope <> 'plan'
),

releases as (
    select board, record_key, column_id, value_seen, seq
    from decisions
    where newest_first = 1
        and decision = 'RELEASE'
        and record_key is not null
),

{{ _opus_failed_rows(source('opus', 'mon_operation_event')) }},

{{ _opus_fingerprints() }},

{{ _opus_overtaken_records(source('opus', 'mon_operation_event')) }},

writes as (
    select
        board, update_type, monday_item_id, group_id, column_id, old_value, rollback_of, seq,
        row_number() over (
            partition by board, monday_item_id, case when monday_item_id is null then update_type end, group_id, column_id
            order by seq desc
        ) as newest_first
    from {{ source('opus', 'mon_update_audit_log') }}
),

undone_creates as (
    -- The item is gone: what is staged again is known by its content alone.
    select undone.board, events.stg_id, max(writes.seq) as seq
    from writes
    inner join {{ source('opus', 'mon_update_audit_log') }} as undone
        on writes.board = undone.board
        and writes.rollback_of = undone.audit_id
    inner join {{ source('opus', 'mon_operation_event') }} as events
        on undone.board = events.board
        and undone.operation_id = events.operation_id
    where undone.column_id = '$state'
    group by undone.board, events.stg_id
),

patterns as (
    select
        board, 'HELD' as hold_reason, batch_key, record_key, column_id, {{ opus_text('null') }} as stg_id,
        {{ opus_try_cast('null', 'bigint') }} as monday_item_id, {{ opus_text('null') }} as value, seq,
        {{ opus_text('null') }} as update_type, {{ opus_text('null') }} as group_id
    from decisions
    where newest_first = 1
        and decision = 'HOLD'
    union all
    select board, 'RELEASED', null, record_key, column_id, null, null, value_seen, seq, null, null
    from releases
    union all
    select failed_rows.board, 'FAILED_BEFORE', null, null, null, failed_rows.stg_id, null, null, failed_rows.seq, null, null
    from failed_rows
    left join sync_point on failed_rows.board = sync_point.board
    left join fingerprints as before on failed_rows.extract_id = before.extract_id
    left join fingerprints as present on sync_point.extract_id = present.extract_id
    -- What monday refused it may take on a board that was changed since.
    where coalesce(before.fingerprint, present.fingerprint, '') = coalesce(present.fingerprint, before.fingerprint, '')
    union all
    select board, 'ROLLED_BACK', null, null, column_id, null, monday_item_id, old_value, seq, null, null
    from writes
    where newest_first = 1
        and rollback_of is not null
        and monday_item_id is not null
        and column_id <> '$state'
    union all
    -- What stands before a group may be another one by now than the one it was put behind.
    select
        writes.board, 'ROLLED_BACK', null, null, writes.column_id, null, null, undone.new_value, writes.seq,
        writes.update_type, writes.group_id
    from writes
    inner join {{ source('opus', 'mon_update_audit_log') }} as undone
        on writes.board = undone.board
        and writes.rollback_of = undone.audit_id
    where writes.newest_first = 1
        and writes.monday_item_id is null
        and writes.column_id <> '$state'
    union all
    select board, 'ROLLED_BACK', null, null, null, stg_id, null, null, seq, null, null
    from undone_creates
    union all
    select board, 'CONFLICT', null, record_key, null, null, null, null, seq, null, null
    from overtaken_records
)

select * from patterns
