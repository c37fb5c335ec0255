{# How many seconds lie between two timestamps, with their fractions. #}
{% macro opus_seconds_between(earlier, later) %}
    {{ return(adapter.dispatch('opus_seconds_between', 'opus_sync')(earlier, later)) }}
{% endmacro %}

{% macro duckdb__opus_seconds_between(earlier, later) %}
    {%- set sql -%}(date_diff('millisecond', {{ earlier }}, {{ later }}) / 1000.0){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_seconds_between(earlier, later) %}
    {%- set sql -%}extract(epoch from ({{ later }} - {{ earlier }})){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_seconds_between(earlier, later) %}
    {# DATEDIFF overflows after 24 days of milliseconds. #}
    {%- set sql -%}(datediff_big(millisecond, {{ earlier }}, {{ later }}) / 1000.0){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
