{# Ends a macro that began a transaction: nothing of it stays. #}
{% macro _opus_refuse(message) %}
    {% do opus_rollback() %}
    {{ exceptions.raise_compiler_error(message) }}
{% endmacro %}
