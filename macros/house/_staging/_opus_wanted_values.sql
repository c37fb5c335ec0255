{#
    The CTE house_rows: staging_rows with the values that their items are to have: what the board holds with what the
    row changes laid over it, read in one pass. Columns: c0, c1, … in the order of `columns`, wanted_name, and what the
    board holds as board_….
#}
{% macro _opus_wanted_values(entity, current, columns) %}
    {% set members = {'name': 'wanted_name'} %}
    {% for column in columns %}{% do members.update({column.id: 'c' ~ loop.index0}) %}{% endfor %}
    {% set own = (_opus_staged_texts() + _opus_staged_numbers()) + ['stg_id', 'item_id', 'batch_id', 'status', 'error_message', 'sent_at', 'status_at', 'seq'] %}
    {% set item_id = opus_identifier('Item ID') if entity == 'items' else 'subitem_id' %}
    {%- set sql -%}
wanted_values as (
    select
        staging_rows.*,
        current_rows.{{ opus_identifier('Title') }} as board_name,
        current_rows.{{ opus_identifier('UpdateDate') }} as board_updated_at,
        {%- if entity == 'items' %}
        current_rows.{{ opus_identifier('Group') }} as board_group,
        {%- else %}
        current_rows.parent_item_id as board_parent_item_id,
        current_rows.subitem_board_id as board_subitem_board_id,
        {%- endif %}
        {{ opus_json_merge("coalesce(current_rows.column_values, '{}')", "coalesce(staging_rows.update_fields, '{}')") }} as cells
    from staging_rows
    left join {{ current }} as current_rows on staging_rows.item_id = current_rows.{{ item_id }}
),

house_rows as (
    {{ opus_json_read('wanted_values', 'cells', own + _opus_board_side(entity), members) | indent(4) }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# What wanted_values has of the board. #}
{% macro _opus_board_side(entity) %}
    {% set names = ['board_name', 'board_updated_at'] %}
    {{ return(names + (['board_group'] if entity == 'items' else ['board_parent_item_id', 'board_subitem_board_id'])) }}
{% endmacro %}
