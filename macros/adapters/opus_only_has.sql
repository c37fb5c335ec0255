{# True where a text holds none but the given characters. #}
{% macro opus_only_has(expression, characters) %}{{ return(adapter.dispatch('opus_only_has', 'opus_sync')(expression, characters)) }}{% endmacro %}

{% macro duckdb__opus_only_has(expression, characters) %}
    {%- set sql -%}(translate({{ expression }}, '{{ characters }}', '') = ''){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
