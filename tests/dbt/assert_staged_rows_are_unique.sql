-- A staged row is one mutation: unique by board, type, key and operation.
with

staged as (
    {{ opus_over_boards('staged', ['board', 'update_type', 'record_key', 'update_operation', 'stg_id']) }}
)

select board, update_type, min(record_key) as record_key, update_operation, count(*) as copies
from staged
group by board, update_type, {{ opus_exact('record_key') }}, update_operation
having count(*) > 1 or count(distinct stg_id) > 1
