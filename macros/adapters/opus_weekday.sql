{# The weekday of a date in English lower case (monday). #}
{% macro opus_weekday(expression) %}{{ return(adapter.dispatch('opus_weekday', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_weekday(expression) %}
    {%- set sql -%}lower(dayname({{ expression }})){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
