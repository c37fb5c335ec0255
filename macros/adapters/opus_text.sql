{# Any value as text. #}
{% macro opus_text(expression) %}{{ return(adapter.dispatch('opus_text', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_text(expression) %}
    {%- set sql -%}cast({{ expression }} as varchar){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
