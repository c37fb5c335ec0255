{{ config(alias=opus_house_name('VW_UpdateOperationSummary')) }}

with

operations as (
    select * from {{ ref('mon_operation_status') }}
)

select
    board,
    batch_id,
    update_type,
    update_operation,
    count(*) as operations,
    sum(case when status = 'SUCCEEDED' then 1 else 0 end) as succeeded,
    sum(case when status = 'FAILED' then 1 else 0 end) as failed,
    sum(case when status = 'OPEN' then 1 else 0 end) as open_operations,
    sum(case when status not in ('SUCCEEDED', 'FAILED', 'OPEN') then 1 else 0 end) as not_applied,
    min(sent_at) as first_sent_at,
    max(status_at) as last_status_at
from operations
group by board, batch_id, update_type, update_operation
