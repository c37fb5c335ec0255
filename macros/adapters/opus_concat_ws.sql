{# Texts joined by a separator, NULLs left out. #}
{% macro opus_concat_ws(parts, separator) %}{{ return(adapter.dispatch('opus_concat_ws', 'opus_sync')(parts, separator)) }}{% endmacro %}

{% macro duckdb__opus_concat_ws(parts, separator) %}
    {%- set sql -%}concat_ws('{{ separator }}', {{ parts | join(', ') }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
