with

decisions as (
    select
        mon_decision.*,
        row_number() over (
            partition by board, scope, batch_key, record_key, column_id order by seq desc
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

outcomes as (
    select
        board, stg_id, event, seq,
        row_number() over (partition by board, stg_id order by seq desc) as newest_first
    from {{ source('opus', 'mon_operation_event') }}
    where event in ('SUCCEEDED', 'FAILED', 'NOT_APPLIED', 'SUPERSEDED', 'CONFLICT')
),

writes as (
    select
        board, monday_item_id, column_id, old_value, rollback_of, seq,
        row_number() over (partition by board, monday_item_id, column_id order by seq desc) as newest_first
    from {{ source('opus', 'mon_update_audit_log') }}
),

patterns as (
    select
        board, 'HELD' as hold_reason, batch_key, record_key, column_id, null as stg_id,
        {{ opus_try_cast('null', 'bigint') }} as monday_item_id, null as value, seq
    from decisions
    where newest_first = 1
        and decision = 'HOLD'
    union all
    select board, 'RELEASED', null, record_key, column_id, null, null, value_seen, seq
    from releases
    union all
    select board, 'FAILED_BEFORE', null, null, null, stg_id, null, null, seq
    from outcomes
    where newest_first = 1
        and event = 'FAILED'
    union all
    select board, 'ROLLED_BACK', null, null, column_id, null, monday_item_id, old_value, seq
    from writes
    where newest_first = 1
        and rollback_of is not null
)

select * from patterns
