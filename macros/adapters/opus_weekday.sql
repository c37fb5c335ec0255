{# The weekday of a date in English lower case (monday). #}
{% macro opus_weekday(expression) %}
    {{ return(adapter.dispatch('opus_weekday', 'opus_sync')(expression)) }}
{% endmacro %}

{% macro duckdb__opus_weekday(expression) %}
    {%- set sql -%}lower(dayname({{ expression }})){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_weekday(expression) %}
    {%- set sql -%}lower(to_char({{ expression }}, 'FMDay')){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_weekday(expression) %}
    {# Day 0 is a Monday; DATENAME speaks the language of the session. #}
    {%- set sql -%}
    (case (datediff(day, 0, {{ expression }}) % 7 + 7) % 7
        {%- for day in ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] %}
        when {{ loop.index0 }} then '{{ day }}'
        {%- endfor %}
    end)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
