with

operations as (
    select * from {{ ref('mon_operation_status') }}
),

failed as (
    select * from operations where status = 'FAILED'
),

later as (
    select
        failed.operation_id,
        max(case when operations.stg_id = failed.stg_id and operations.status = 'SUCCEEDED' then 1 else 0 end) as is_resolved,
        max(case when operations.stg_id <> failed.stg_id and operations.status = 'SUCCEEDED' then 1 else 0 end) as is_superseded,
        max(case when operations.stg_id = failed.stg_id then 1 else 0 end) as is_retried
    from failed
    inner join operations
        on failed.board = operations.board
        and failed.update_type = operations.update_type
        and failed.record_key = operations.record_key
        and failed.seq < operations.seq
    group by failed.operation_id
)

select
    failed.operation_id as err_id,
    failed.board,
    failed.update_type,
    failed.update_operation,
    failed.stg_id as original_stg_id,
    failed.batch_id,
    failed.record_key,
    failed.monday_item_id,
    failed.payload as api_payload,
    failed.error_type,
    failed.error_message,
    failed.attempts - 1 as retry_count,
    case
        when later.is_resolved = 1 then 'RESOLVED'
        when later.is_superseded = 1 then 'SUPERSEDED'
        when later.is_retried = 1 then 'RETRIED'
        else 'OPEN'
    end as status,
    failed.status_at as created_date,
    failed.staged_row as original_data
from failed
left join later on failed.operation_id = later.operation_id
