{{ config(alias=opus_house_name('MON_BatchProcessing')) }}

with

events as (
    select
        mon_batch_event.*,
        row_number() over (partition by board, batch_id order by seq desc) as newest_first,
        min(recorded_at) over (partition by board, batch_id) as started_at
    from {{ source('opus', 'mon_batch_event') }} as mon_batch_event
)

select
    batch_id,
    customer_name,
    batch_type,
    event as status,
    total_records,
    successful_records,
    failed_records,
    started_at as start_time,
    case when event in ('PROMOTED', 'FAILED') then recorded_at end as end_time,
    error_summary,
    board,
    update_batch_id,
    actor_os_user,
    host,
    target,
    version,
    rollback_of_batch
from events
where newest_first = 1
