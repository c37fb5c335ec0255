{# Any value as text. #}
{% macro opus_text(expression) %}{{ return(adapter.dispatch('opus_text', 'opus_sync')(expression)) }}{% endmacro %}

{% macro default__opus_text(expression) %}
    {%- set sql -%}cast({{ expression }} as {{ opus_type('text') }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_text(expression) %}
    {# 126: moments as ISO 8601, whatever the language of the session. #}
    {%- set sql -%}(convert(nvarchar(max), {{ expression }}, 126) collate database_default){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
