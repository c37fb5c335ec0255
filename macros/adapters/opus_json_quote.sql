{# A text as a JSON string with its quotes; NULL becomes the JSON null. #}
{% macro opus_json_quote(expression) %}{{ return(adapter.dispatch('opus_json_quote', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_json_quote(expression) %}
    {%- set sql -%}coalesce(cast(to_json({{ expression }}) as varchar), 'null'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
