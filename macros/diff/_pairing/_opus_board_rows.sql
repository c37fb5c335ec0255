{#
    The CTE board_rows: the board's side of the diff, cells as canonical text.
    repeats: how many rows of the board bear the same key.
#}
{% macro _opus_board_rows(contract, entity, fields, current, parents) %}
    {% set members = {} %}
    {% for field in fields if field.id != 'name' %}{% do members.update({field.id: field.alias}) %}{% endfor %}
    {% if entity == 'items' %}
        {% set keep = [
            opus_identifier('Item ID') ~ ' as item_id', opus_identifier('Title') ~ ' as board_name',
            opus_try_cast('null', 'bigint') ~ ' as parent_item_id',
            opus_try_cast('null', 'bigint') ~ ' as subitem_board_id', 'group_id',
        ] %}
    {% else %}
        {% set keep = [
            'subitem_id as item_id', opus_identifier('Title') ~ ' as board_name', 'parent_item_id', 'subitem_board_id', 'group_id',
        ] %}
    {% endif %}
    {%- set sql %}
{%- if entity == 'subitems' %}
{{ _opus_parent_keys(contract, parents) }},

{% endif -%}
board_cells as (
    {{ opus_json_read(current, 'column_values', keep, members) | indent(4) }}
),

board_values as (
    select
        board_cells.item_id,
        board_cells.parent_item_id,
        board_cells.subitem_board_id,
        board_cells.group_id,
        {% for field in fields -%}
        {% if field.id == 'name' -%}
        {{ opus_canonical('name', 'board_cells.board_name') }} as {{ field.alias }},
        {% elif field.kind == 'checkbox' -%}
        coalesce(board_cells.{{ field.alias }}, 'false') as {{ field.alias }},
        {% else -%}
        board_cells.{{ field.alias }},
        {% endif -%}
        {%- endfor -%}
        {{ 'parent_keys.record_key' if entity == 'subitems' else opus_text('null') }} as parent_key
    from board_cells
    {%- if entity == 'subitems' %}
    left join parent_keys on board_cells.parent_item_id = parent_keys.item_id
    {%- endif %}
),

board_keyed as (
    select
        board_values.*,
        {{ _opus_key(entity, fields) }} as record_key,
        {{ _opus_key(entity, fields, folded=true) }} as match_key
    from board_values
),

board_repeats as (
    select min(match_key) as match_key, count(*) as repeats
    from board_keyed
    where match_key is not null
    group by {{ opus_exact('match_key') }}
    having count(*) > 1
),

board_rows as (
    select
        board_keyed.*,
        coalesce(board_keyed.match_key, '') as join_key,
        case when board_keyed.match_key is null then board_keyed.item_id else 0 end as join_id,
        coalesce(board_repeats.repeats, 1) as repeats
    from board_keyed
    left join board_repeats on board_keyed.match_key = {{ opus_exact('board_repeats.match_key') }}
)
    {%- endset %}
    {{ return(sql) }}
{% endmacro %}
