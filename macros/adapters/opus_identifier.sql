{# A quoted identifier; adapter.quote does not escape. #}
{% macro opus_identifier(name) %}{{ return(adapter.dispatch('opus_identifier', 'opus_sync')(name)) }}{% endmacro %}

{% macro default__opus_identifier(name) %}
    {%- set sql -%}"{{ name | replace('"', '""') }}"{%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_identifier(name) %}
    {%- set sql -%}[{{ name | replace(']', ']]') }}]{%- endset -%}
    {{ return(sql) }}
{% endmacro %}
