-- Closed lists hold: operations, validation and reasons to hold; INVALID and PENDING rows say why.
with

staged as (
    {{ opus_over_boards('staged', ['stg_id', 'update_operation', 'validation_status', 'validation_errors', 'hold_reason']) }}
)

select *
from staged
where update_operation not in ('CREATE', 'UPDATE', 'MOVE', 'ARCHIVE', 'DELETE')
    or validation_status not in ('VALID', 'INVALID', 'PENDING')
    or hold_reason not in ('ROLLED_BACK', 'FAILED_BEFORE', 'CONFLICT', 'HELD')
    or (validation_status <> 'VALID' and validation_errors is null)
    or (validation_status = 'VALID' and validation_errors is not null)
