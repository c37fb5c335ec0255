{# True where a boolean column is. #}
{% macro opus_is_true(expression) %}
    {{ return(adapter.dispatch('opus_is_true', 'opus_sync')(expression)) }}
{% endmacro %}

{% macro default__opus_is_true(expression) %}
    {{ return(expression) }}
{% endmacro %}

{% macro sqlserver__opus_is_true(expression) %}
    {{ return(expression ~ ' = 1') }}
{% endmacro %}
