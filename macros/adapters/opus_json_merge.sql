{# A JSON object with the members of another laid over it; a null member removes. #}
{% macro opus_json_merge(target, patch) %}{{ return(adapter.dispatch('opus_json_merge', 'opus_sync')(target, patch)) }}{% endmacro %}

{% macro duckdb__opus_json_merge(target, patch) %}
    {%- set sql -%}cast(json_merge_patch({{ target }}, {{ patch }}) as varchar){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
