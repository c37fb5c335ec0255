{# Why the runner's tables cannot live in a schema of that name on this warehouse; '' where they can. #}
{% macro opus_schema_problem(schema) %}
    {{ return(adapter.dispatch('opus_schema_problem', 'opus_sync')(schema)) }}
{% endmacro %}

{% macro duckdb__opus_schema_problem(schema) %}
    {% if schema == target.database %}
        {{ return("DuckDB cannot tell the file " ~ target.database ~ ".duckdb from a schema of that name. Set the var opus_schema to another name, such as opus_sync.") }}
    {% endif %}
    {{ return('') }}
{% endmacro %}

{% macro default__opus_schema_problem(schema) %}
    {{ return('') }}
{% endmacro %}
