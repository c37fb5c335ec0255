{# The present moment in UTC, without a zone. #}
{% macro opus_now() %}{{ return(adapter.dispatch('opus_now', 'opus_sync')()) }}{% endmacro %}

{% macro duckdb__opus_now() %}
    {%- set sql -%}cast(now() at time zone 'UTC' as timestamp){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_now() %}
    {%- set sql -%}cast(clock_timestamp() at time zone 'UTC' as timestamp){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_now() %}
    {%- set sql -%}sysutcdatetime(){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
