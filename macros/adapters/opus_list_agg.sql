{# Texts of a group joined in order. #}
{% macro opus_list_agg(expression, separator, order_by) %}{{ return(adapter.dispatch('opus_list_agg', 'opus_sync')(expression, separator, order_by)) }}{% endmacro %}

{% macro duckdb__opus_list_agg(expression, separator, order_by) %}
    {%- set sql -%}string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
