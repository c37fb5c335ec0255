with

events as (
    select * from {{ source('opus', 'mon_operation_event') }}
),

ranked as (
    select
        events.*,
        row_number() over (partition by board, operation_id order by seq desc) as newest_first,
        min(recorded_at) over (partition by board, operation_id) as sent_at,
        max(attempt) over (partition by board, operation_id) as attempts,
        max(payload) over (partition by board, operation_id) as sent_payload,
        max(staged_row) over (partition by board, operation_id) as sent_row
    from events
)

select
    board,
    monday_board_id,
    operation_id,
    stg_id,
    batch_id,
    {{ opus_json_get('sent_row', 'update_type') }} as update_type,
    {{ opus_json_get('sent_row', 'update_operation') }} as update_operation,
    {{ opus_json_get('sent_row', 'record_key') }} as record_key,
    {{ opus_json_get('sent_row', 'parent_key') }} as parent_key,
    case when event = 'SENT' then 'OPEN' else event end as status,
    monday_item_id,
    attempts,
    error_type,
    error_message,
    sent_payload as payload,
    sent_row as staged_row,
    sent_at,
    recorded_at as status_at,
    seq
from ranked
where newest_first = 1
