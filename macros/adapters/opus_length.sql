{# The number of characters of a text. #}
{% macro opus_length(expression) %}{{ return(adapter.dispatch('opus_length', 'opus_sync')(expression)) }}{% endmacro %}

{% macro default__opus_length(expression) %}
    {%- set sql -%}length({{ expression }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_length(expression) %}
    {# Without the full stop LEN would not count spaces at the end, without the collation it would count an emoji twice. #}
    {%- set sql -%}(case when {{ expression }} is not null then len(concat({{ expression }}, '.') collate Latin1_General_100_CI_AS_SC) - 1 end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
