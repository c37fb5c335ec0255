{# A cast that gives NULL instead of an error. kind: see opus_type. #}
{% macro opus_try_cast(expression, kind) %}{{ return(adapter.dispatch('opus_try_cast', 'opus_sync')(expression, kind)) }}{% endmacro %}

{% macro duckdb__opus_try_cast(expression, kind) %}
    {%- set sql -%}try_cast({{ expression }} as {{ opus_type(kind) }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
