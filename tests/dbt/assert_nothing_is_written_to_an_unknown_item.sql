-- A staged change of an item names an item that the current tables have.
with

staged as (
    {{ opus_over_boards('staged', ['board', 'stg_id', 'monday_item_id'], "update_operation <> 'CREATE' and validation_status = 'VALID'") }}
)

select staged.*
from staged
left join {{ ref('mon_items') }} as items
    on staged.board = items.board
    and staged.monday_item_id = items.monday_item_id
where items.monday_item_id is null
