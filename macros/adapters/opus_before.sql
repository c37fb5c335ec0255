{# The part of a text before the first mark; all of it where the mark is absent. #}
{% macro opus_before(expression, mark) %}
    {{ return(adapter.dispatch('opus_before', 'opus_sync')(expression, mark)) }}
{% endmacro %}

{% macro default__opus_before(expression, mark) %}
    {%- set sql -%}split_part({{ expression }}, '{{ mark }}', 1){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_before(expression, mark) %}
    {%- set sql -%}left({{ expression }}, charindex('{{ mark }}', concat({{ expression }}, '{{ mark }}')) - 1){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
