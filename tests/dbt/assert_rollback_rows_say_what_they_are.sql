-- A rollback row is known by its stg_id and names what it undoes; closed lists hold, and only INVALID rows say why.
with

rollback_rows as (
    select
        staged_rollback.*,
        count(*) over (partition by stg_id) as copies
    from {{ ref('staged_rollback') }} as staged_rollback
)

select *
from rollback_rows
where copies > 1
    or rollback_of_batch is null
    or rollback_of_operation is null
    or (monday_item_id is null and update_type in ('update_items', 'update_subitems'))
    or (group_id is null and update_type = 'update_groups')
    or update_operation not in ('UPDATE', 'MOVE', 'ARCHIVE')
    or validation_status not in ('VALID', 'INVALID')
    or (validation_status = 'INVALID' and validation_errors is null)
    or (validation_status = 'VALID' and validation_errors is not null)
