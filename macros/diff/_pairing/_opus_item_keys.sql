{#
    The keys of the items of every deployed board that a relation may point to, as {ctes, relations}: a relation a
    board with monday_board_id, monday_item_id and record_key. Reads the CTE target_boards; items: ref('mon_items').
#}
{% macro _opus_item_keys(items) %}
    {% set types = opus_column_types() %}
    {% set ctes = [] %}
    {% set relations = [] %}
    {% for board in var('opus_boards', {}) %}
        {% set own = opus_contract(board)['items'] or {'key': [], 'columns': []} %}
        {% set names = own.key | map('lower') | list %}
        {% set fields = [] %}
        {% set members = {} %}
        {% if 'title' in names %}{% do fields.append({'alias': 'item_name', 'key': names.index('title')}) %}{% endif %}
        {% for column in own['columns'] if column.name | lower in names %}
            {% do fields.append({'alias': 'c' ~ loop.index0, 'key': names.index(column.name | lower)}) %}
            {% do members.update({column.id: 'c' ~ loop.index0}) %}
        {% endfor %}
        {% if fields %}
            {% set number = loop.index0 %}
            {%- set sql -%}
linked_items_{{ number }} as (
    select items.monday_board_id, items.monday_item_id, {{ opus_canonical('name', 'items.item_name') }} as item_name, items.column_values
    from {{ items }} as items
    where items.board = '{{ board }}'
        and items.parent_item_id is null
        and items.monday_board_id in (select monday_board_id from target_boards)
),

linked_cells_{{ number }} as (
    {{ opus_json_read('linked_items_' ~ number, 'column_values', ['monday_board_id', 'monday_item_id', 'item_name'], members) | indent(4) }}
),

linked_keys_{{ number }} as (
    select monday_board_id, monday_item_id, {{ _opus_key('items', fields) }} as record_key
    from linked_cells_{{ number }}
)
            {%- endset -%}
            {% do ctes.append(sql) %}
            {% do relations.append('linked_keys_' ~ number) %}
        {% endif %}
    {% endfor %}
    {{ return({'ctes': ctes | join(',\n\n'), 'relations': relations}) }}
{% endmacro %}
