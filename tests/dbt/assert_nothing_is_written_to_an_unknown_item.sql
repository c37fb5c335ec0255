-- A staged change of an item, a subitem or a group names one that the current tables have.
with

staged as (
    {{ opus_over_boards('staged', ['board', 'update_type', 'stg_id', 'monday_item_id', 'group_id'], "update_operation <> 'CREATE' and validation_status = 'VALID'") }}
)

select staged.*
from staged
left join {{ ref('mon_items') }} as items
    on staged.board = items.board
    and staged.monday_item_id = items.monday_item_id
left join {{ ref('mon_groups') }} as groups
    on staged.board = groups.board
    and staged.group_id = groups.group_id
    and groups.entity = 'items'
    and groups.is_active = 1
where staged.update_type in ('update_items', 'update_subitems') and items.monday_item_id is null
    or staged.update_type = 'update_groups' and groups.group_id is null
