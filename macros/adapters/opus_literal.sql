{# A text literal; quotes in the value are data. #}
{% macro opus_literal(value) %}{{ return(adapter.dispatch('opus_literal', 'opus_sync')(value)) }}{% endmacro %}

{% macro default__opus_literal(value) %}
    {%- set sql -%}'{{ value | replace("'", "''") }}'{%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_literal(value) %}
    {%- set sql -%}N'{{ value | replace("'", "''") }}'{%- endset -%}
    {{ return(sql) }}
{% endmacro %}
