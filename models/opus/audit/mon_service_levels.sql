{% set since = opus_add_days('cast(' ~ opus_now() ~ ' as date)', -30) %}
with

boards as (
    select board from {{ ref('mon_sync_point') }}
),

batches as (
    select board, batch_id, max(update_batch_id) as update_batch_id
    from {{ source('opus', 'mon_batch_event') }}
    group by board, batch_id
),

events as (
    select
        events.board,
        events.event,
        -- Within a push: the time between two pushes is nobody's.
        {{ opus_seconds_between('lag(events.recorded_at) over (partition by events.board, batches.update_batch_id order by events.seq)', 'events.recorded_at') }} as seconds
    from {{ source('opus', 'mon_operation_event') }} as events
    left join batches
        on events.board = batches.board
        and events.batch_id = batches.batch_id
    where events.recorded_at >= {{ since }}
),

calls as (
    select
        board,
        sum(case when event = 'SENT' then 1 else 0 end) as sent,
        sum(case when event = 'SUCCEEDED' then 1 else 0 end) as succeeded,
        -- No request takes ten minutes: after a longer gap the same staged set was pushed again.
        sum(case when seconds <= 600 then seconds else 0 end) as seconds
    from events
    group by board
),

operations as (
    select * from {{ ref('mon_operation_status') }}
    where status_at >= {{ since }}
),

audited as (
    select distinct board, operation_id
    from {{ source('opus', 'mon_update_audit_log') }}
    where update_timestamp >= {{ since }}
),

written as (
    select
        operations.board,
        count(distinct case when operations.update_type = 'update_items' then concat(operations.batch_id, ' ', operations.monday_item_id) end) as orders,
        count(*) as operations,
        sum(case when audited.operation_id is not null and operations.staged_row is not null then 1 else 0 end) as traced
    from operations
    left join audited
        on operations.board = audited.board
        and operations.operation_id = audited.operation_id
    where operations.status = 'SUCCEEDED'
    group by operations.board
),

judged_rows as (
    select
        board, stg_id,
        case when status in ('FAILED', 'CONFLICT', 'SUPERSEDED') then 1 else 0 end as needs_a_person
    from operations
    union all
    select
        board, stg_id,
        case when validation_status = 'INVALID' or hold_reason in ('CONFLICT', 'FAILED_BEFORE') then 1 else 0 end
    from {{ ref('mon_quarantine') }}
),

distinct_rows as (
    select board, stg_id, max(needs_a_person) as needs_a_person
    from judged_rows
    group by board, stg_id
),

staged as (
    select board, count(*) as staged_rows, sum(needs_a_person) as needing
    from distinct_rows
    group by board
),

verified as (
    select board, sum(cells) as cells, sum(different_cells) as different
    from {{ source('opus', 'mon_verification') }}
    where plan_id is null
        and recorded_at >= {{ since }}
    group by board
),

measured as (
    select
        boards.board, 'call_success' as level, calls.sent as counted,
        100.0 * calls.succeeded / nullif(calls.sent, 0) as figure
    from boards left join calls on boards.board = calls.board
    union all
    select
        boards.board, 'orders_per_hour', written.orders,
        3600.0 * nullif(written.orders, 0) / nullif(calls.seconds, 0)
    from boards left join calls on boards.board = calls.board left join written on boards.board = written.board
    union all
    select
        boards.board, 'rows_needing_a_person', staged.staged_rows,
        100.0 * staged.needing / nullif(staged.staged_rows, 0)
    from boards left join staged on boards.board = staged.board
    union all
    select
        boards.board, 'cells_different_at_verify', verified.cells,
        case when verified.cells > 0 then 1.0 * verified.different end
    from boards left join verified on boards.board = verified.board
    union all
    select
        boards.board, 'traced_operations', written.operations,
        100.0 * written.traced / nullif(written.operations, 0)
    from boards left join written on boards.board = written.board
)

select
    board,
    level,
    cast(figure as decimal(18, 2)) as figure,
    case level
        when 'call_success' then 99
        when 'orders_per_hour' then 1000
        when 'rows_needing_a_person' then 1
        when 'cells_different_at_verify' then 0
        when 'traced_operations' then 100
    end as threshold,
    case
        when figure is null then null
        when level = 'call_success' and figure > 99 then 1
        when level = 'orders_per_hour' and figure >= 1000 then 1
        when level = 'rows_needing_a_person' and figure < 1 then 1
        when level = 'cells_different_at_verify' and figure = 0 then 1
        when level = 'traced_operations' and figure = 100 then 1
        else 0
    end as is_met,
    coalesce(counted, 0) as counted,
    case level
        when 'orders_per_hour' then 'orders an hour'
        when 'cells_different_at_verify' then 'cells'
        else '%'
    end as unit,
    case level
        when 'call_success' then 'mutations that succeeded, each attempt counted'
        when 'orders_per_hour' then 'items written in an hour of pushing'
        when 'rows_needing_a_person' then 'staged rows that are invalid, in conflict or failed'
        when 'cells_different_at_verify' then 'cells that verify found to hold something else than was written'
        when 'traced_operations' then 'writes with their cells in the audit log'
    end as description
from measured
