{# True where a text holds none but the given characters. #}
{% macro opus_only_has(expression, characters) %}
    {{ return(adapter.dispatch('opus_only_has', 'opus_sync')(expression, characters)) }}
{% endmacro %}

{% macro default__opus_only_has(expression, characters) %}
    {%- set sql -%}(translate({{ expression }}, '{{ characters }}', '') = ''){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_only_has(expression, characters) %}
    {# Its '' equals any number of spaces, hence DATALENGTH. #}
    {%- set sql -%}(datalength(replace(translate({{ opus_exact(expression) }}, '{{ characters }}', '{{ characters[0] * (characters | length) }}'), '{{ characters[0] }}', '')) = 0){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
