{#
    The active groups of a board as they are known now, top first by group_rank, with the number of their items.
    board: name of the contract; groups: ref('mon_groups'); items: ref('mon_items').
#}
{% macro opus_current_groups(board, groups, items) %}
    {{ config(materialized='table', as_columnstore=false) }}
    {%- set sql -%}
with

board_groups as (
    select *
    from {{ groups }}
    where board = '{{ board }}'
        and entity = 'items'
        and is_active = 1
),

item_counts as (
    select group_id, count(*) as items
    from {{ items }}
    where board = '{{ board }}'
        and parent_item_id is null
    group by group_id
)

select
    board_groups.group_id,
    board_groups.title,
    {{ opus_lower('board_groups.color') }} as color,
    board_groups.position,
    row_number() over (
        order by {{ opus_try_cast('board_groups.position', 'decimal') }}, {{ opus_exact('board_groups.group_id') }}
    ) as group_rank,
    coalesce(item_counts.items, 0) as items
from board_groups
left join item_counts on board_groups.group_id = item_counts.group_id
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
