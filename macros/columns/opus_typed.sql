{# A canonical text as the SQL type of its column type. #}
{% macro opus_typed(type, expression) %}
    {% set sql = opus_column_types()[type].sql %}
    {% if sql == 'text' %}{{ return(expression) }}{% endif %}
    {{ return(opus_try_cast(expression, sql)) }}
{% endmacro %}
