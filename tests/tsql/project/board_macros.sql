{# A board as it stands, items and subitems of every type. -#}
with

items as (
    {{ opus_unchanged_items(board='every_type', current=ref('mon_every_type')) | indent(4) }}
),

subitems as (
    {{ opus_unchanged_subitems(board='every_type', current=ref('mon_every_type_subitems')) | indent(4) }}
)

select items.*
from items
left join subitems on items.monday_item_id = subitems.monday_item_id
