{# A member of a JSON object as text, NULL where the text is no JSON. #}
{% macro opus_json_get(expression, key) %}{{ return(adapter.dispatch('opus_json_get', 'opus_sync')(expression, key)) }}{% endmacro %}

{% macro duckdb__opus_json_get(expression, key) %}
    {%- set sql -%}(case when json_valid({{ expression }}) then json_extract_string({{ expression }}, '$.{{ key }}') end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
