{# The first characters of a text. #}
{% macro opus_head(expression, characters) %}
    {{ return(adapter.dispatch('opus_head', 'opus_sync')(expression, characters)) }}
{% endmacro %}

{% macro default__opus_head(expression, characters) %}
    {%- set sql -%}substring({{ expression }}, 1, {{ characters }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_head(expression, characters) %}
    {# Without a collation of supplementary characters half an emoji may be left. #}
    {%- set sql -%}(substring({{ expression }} collate Latin1_General_100_CI_AS_SC, 1, {{ characters }}) collate database_default){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
