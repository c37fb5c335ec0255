{# A statement that drops an empty schema; name: unquoted. #}
{% macro opus_drop_schema(name) %}{{ return(adapter.dispatch('opus_drop_schema', 'opus_sync')(name)) }}{% endmacro %}

{% macro default__opus_drop_schema(name) %}{{ return('drop schema ' ~ opus_identifier(name)) }}{% endmacro %}

{% macro duckdb__opus_drop_schema(name) %}
    {{ return('drop schema ' ~ opus_identifier(target.database) ~ '.' ~ opus_identifier(name)) }}
{% endmacro %}
