{# SHA-256 of a text, as lower-case hex. #}
{% macro opus_hash(expression) %}{{ return(adapter.dispatch('opus_hash', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_hash(expression) %}
    {%- set sql -%}sha256({{ expression }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
