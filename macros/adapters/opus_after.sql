{# The part of a text after the first mark, NULL where the mark is absent. #}
{% macro opus_after(expression, mark) %}
    {{ return(adapter.dispatch('opus_after', 'opus_sync')(expression, mark)) }}
{% endmacro %}

{% macro default__opus_after(expression, mark) %}
    {%- set sql -%}(case when {{ expression }} like '%{{ mark }}%' then substring({{ expression }}, strpos({{ expression }}, '{{ mark }}') + 1) end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_after(expression, mark) %}
    {%- set sql -%}(case when charindex('{{ mark }}', {{ expression }}) > 0 then stuff({{ expression }}, 1, charindex('{{ mark }}', {{ expression }}), '') end){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
