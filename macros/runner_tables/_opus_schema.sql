{#
    The quoted schema of the runner's tables, with its database: on DuckDB a file opus.duckdb with a schema opus makes
    the bare name ambiguous.
#}
{% macro _opus_schema() %}
    {{ return(opus_identifier(target.database) ~ '.' ~ opus_identifier(_opus_schema_name())) }}
{% endmacro %}

{# Its name alone: the var opus_schema, or what that map says of the target. #}
{% macro _opus_schema_name() %}
    {% set given = var('opus_schema', 'opus') %}
    {% if given is mapping %}
        {% if target.name not in given %}
            {{ exceptions.raise_compiler_error("the var opus_schema names no schema for the target '" ~ target.name ~ "', only for " ~ (given.keys() | join(', '))) }}
        {% endif %}
        {{ return(given[target.name]) }}
    {% endif %}
    {{ return(given) }}
{% endmacro %}
