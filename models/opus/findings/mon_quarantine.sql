with

quarantined as (
    {{ opus_over_boards('staged', [
        'board', 'update_type', 'stg_id', 'update_operation', 'record_key', 'monday_item_id', 'customer_batch', 'source_table',
        'validation_status', 'validation_errors', 'hold_reason',
    ], "validation_status <> 'VALID' or hold_reason is not null") }}
)

select * from quarantined
