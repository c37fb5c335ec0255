{# The wide select behind opus_current_items and opus_current_subitems. #}
{% macro _opus_current(contract, entity, items) %}
    {% set columns = contract[entity].columns if contract[entity] else [] %}
    {% set fields = {} %}
    {% for column in columns %}{% do fields.update({column.id: 'c' ~ loop.index0}) %}{% endfor %}
    {% set keep = ['monday_item_id', 'parent_item_id', 'monday_board_id', 'group_id', 'group_title', 'item_name', 'monday_updated_at', 'column_values'] %}
    {%- set sql %}
with

board_items as (
    select *
    from {{ items }}
    where board = '{{ contract.board }}'
        and parent_item_id is {{ 'null' if entity == 'items' else 'not null' }}
),

board_cells as (
    {{ opus_json_read('board_items', 'column_values', keep, fields) | indent(4) }}
)

select
    {% if entity == 'subitems' -%}
    parent_item_id,
    monday_item_id as subitem_id,
    monday_board_id as subitem_board_id,
    item_name as {{ opus_identifier('Title') }},
    {%- else -%}
    item_name as {{ opus_identifier('Title') }},
    monday_item_id as {{ opus_identifier('Item ID') }},
    group_title as {{ opus_identifier('Group') }},
    {%- endif %}
    monday_updated_at as {{ opus_identifier('UpdateDate') }},
    {%- for column in columns %}
    {{ opus_typed(column.type, 'c' ~ loop.index0) }} as {{ opus_identifier(column.name) }},
    {%- endfor %}
    group_id,
    column_values
from board_cells
    {% endset %}
    {{ return(sql) }}
{% endmacro %}
