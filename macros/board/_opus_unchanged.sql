{# The select behind opus_unchanged_items and opus_unchanged_subitems. #}
{% macro _opus_unchanged(contract, entity, current) %}
    {% set own = contract[entity] or {'columns': []} %}
    {% set columns = own['columns'] | selectattr('direction', 'equalto', 'push') | list %}
    {% set fields = {} %}
    {% for column in columns %}{% do fields.update({column.id: 'c' ~ loop.index0}) %}{% endfor %}
    {% set item_id = opus_identifier('Item ID') if entity == 'items' else 'subitem_id' %}
    {% set keep = [item_id ~ ' as monday_item_id', opus_identifier('Title')] %}
    {%- set sql -%}
select
    monday_item_id,
    {{ opus_identifier('Title') }}
    {%- for column in columns %},
    {# A time says that it is in UTC, whatever the contract's timezone; at midnight that keeps it from being a date. -#}
    {% if opus_column_types()[column.type].kind == 'date' -%}
    case when {{ opus_length('c' ~ loop.index0) }} > 10 then concat(c{{ loop.index0 }}, 'Z') else c{{ loop.index0 }} end
    {%- else -%}
    c{{ loop.index0 }}
    {%- endif %} as {{ opus_identifier(column.name) }}
    {%- endfor %}
from (
    {{ opus_json_read(current, 'column_values', keep, fields) | indent(4) }}
) as cells
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
