{# Texts of a group joined in order; where the order is by a text, it is an opus_exact one. #}
{% macro opus_list_agg(expression, separator, order_by) %}
    {{ return(adapter.dispatch('opus_list_agg', 'opus_sync')(expression, separator, order_by)) }}
{% endmacro %}

{% macro default__opus_list_agg(expression, separator, order_by) %}
    {%- set sql -%}string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_list_agg(expression, separator, order_by) %}
    {%- set sql -%}string_agg(cast({{ expression }} as nvarchar(max)), '{{ separator }}') within group (order by {{ order_by }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
