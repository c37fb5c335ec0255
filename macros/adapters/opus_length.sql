{# The number of characters of a text. #}
{% macro opus_length(expression) %}{{ return(adapter.dispatch('opus_length', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_length(expression) %}
    {%- set sql -%}length({{ expression }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
