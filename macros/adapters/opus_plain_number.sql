{# A decimal as text, without zeros that say nothing. #}
{% macro opus_plain_number(expression) %}
    {{ return(adapter.dispatch('opus_plain_number', 'opus_sync')(expression)) }}
{% endmacro %}

{% macro default__opus_plain_number(expression) %}
    {%- set sql -%}rtrim(rtrim(cast({{ expression }} as {{ opus_type('text') }}), '0'), '.'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_plain_number(expression) %}
    {# RTRIM takes nothing but spaces before 2022. #}
    {%- set sql -%}replace(rtrim(replace(replace(rtrim(replace({{ opus_text(expression) }}, '0', ' ')), ' ', '0'), '.', ' ')), ' ', '.'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
