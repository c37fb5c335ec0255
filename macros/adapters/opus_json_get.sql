{# A member of a JSON object as text, NULL where the text is no JSON. #}
{% macro opus_json_get(expression, key) %}
    {{ return(adapter.dispatch('opus_json_get', 'opus_sync')(expression, key)) }}
{% endmacro %}

{% macro duckdb__opus_json_get(expression, key) %}
    {%- set sql -%}(case when json_valid({{ expression }}) then json_extract_string({{ expression }}, {{ opus_literal('$.' ~ key) }}) end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_json_get(expression, key) %}
    {%- set sql -%}(case when {{ _opus_schema() }}.opus_is_json({{ expression }}) then cast({{ expression }} as json) ->> {{ opus_literal(key) }} end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_json_get(expression, key) %}
    {# JSON_VALUE gives NULL for what is longer than 4,000 characters. #}
    {%- set sql -%}(select max(member.[value]) collate database_default from openjson(case when isjson({{ expression }}) = 1 then {{ expression }} end) as member where member.[key] = {{ opus_literal(key) }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
