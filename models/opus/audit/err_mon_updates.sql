with

operations as (
    select
        mon_operation_status.*,
        coalesce(record_key, concat('id:', {{ opus_text('monday_item_id') }})) as record
    from {{ ref('mon_operation_status') }} as mon_operation_status
),

failed as (
    select * from operations where status = 'FAILED'
),

sent_later as (
    select
        failed.operation_id,
        operations.status,
        case when operations.stg_id = failed.stg_id then 1 else 0 end as is_same,
        -- A move says nothing of the cells, nor cells of the group.
        case
            when operations.update_operation in (failed.update_operation, 'ARCHIVE', 'DELETE') then 1
            when 'MOVE' in (operations.update_operation, failed.update_operation) then 0
            else 1
        end as is_instead
    from failed
    inner join operations
        on failed.board = operations.board
        and failed.update_type = operations.update_type
        and failed.record = {{ opus_exact('operations.record') }}
        and failed.seq < operations.seq
),

later as (
    select
        operation_id,
        max(case when is_same = 1 and status = 'SUCCEEDED' then 1 else 0 end) as is_resolved,
        max(case when is_same = 0 and is_instead = 1 and status = 'SUCCEEDED' then 1 else 0 end) as is_superseded,
        max(case when is_same = 1 and status in ('FAILED', 'OPEN') then 1 else 0 end) as is_retried
    from sent_later
    group by operation_id
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
    -- A row that has no write format fails without an attempt.
    case when failed.attempts > 0 then failed.attempts - 1 else 0 end as retry_count,
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
