{# A date so many days later. #}
{% macro opus_add_days(expression, days) %}
    {{ return(adapter.dispatch('opus_add_days', 'opus_sync')(expression, days)) }}
{% endmacro %}

{% macro duckdb__opus_add_days(expression, days) %}
    {%- set sql -%}cast({{ expression }} + to_days({{ days }}) as date){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_add_days(expression, days) %}
    {%- set sql -%}({{ expression }} + {{ days }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_add_days(expression, days) %}
    {%- set sql -%}dateadd(day, {{ days }}, {{ expression }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
