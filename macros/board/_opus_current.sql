{# The wide select behind opus_current_items and opus_current_subitems. #}
{% macro _opus_current(contract, entity, items) %}
    {{ config(
        as_columnstore=false,
        persist_docs={'relation': false, 'columns': false},
        post_hook="{{ opus_finish_table('" ~ contract.board ~ "', '" ~ entity ~ "') }}",
    ) }}
    {% set own = contract[entity] or {'columns': [], 'key': []} %}
    {% set columns = own['columns'] %}
    {% set keys = own.key | map('lower') | list %}
    {% set title = _opus_short('item_name', 'title' in keys) %}
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
    {{ title }} as {{ opus_identifier('Title') }},
    {%- else -%}
    {{ title }} as {{ opus_identifier('Title') }},
    monday_item_id as {{ opus_identifier('Item ID') }},
    group_title as {{ opus_identifier('Group') }},
    {%- endif %}
    monday_updated_at as {{ opus_identifier('UpdateDate') }},
    {%- for column in columns %}
    {{ _opus_short(opus_typed(column.type, 'c' ~ loop.index0), column.name | lower in keys and opus_column_types()[column.type].sql == 'text') }} as {{ opus_identifier(column.name) }},
    {%- endfor %}
    group_id,
    column_values
from board_cells
    {% endset %}
    {{ return(sql) }}
{% endmacro %}

{#
    The text of a key column, short enough to be indexed; where the warehouse has a limit, a longer one is cut to it
    here. The diff reads keys from column_values, whole.
#}
{% macro _opus_short(expression, is_key) %}{{ return(opus_try_cast(expression, 'key') if is_key else expression) }}{% endmacro %}
