{#
    The quoted schema of the runner's tables, with its database: on DuckDB a file opus.duckdb with a schema opus makes
    the bare name ambiguous.
#}
{% macro _opus_schema() %}
    {{ return(opus_identifier(target.database) ~ '.' ~ opus_identifier(_opus_schema_name())) }}
{% endmacro %}

{# Its name alone. #}
{% macro _opus_schema_name() %}{{ return(var('opus_schema', 'opus')) }}{% endmacro %}
