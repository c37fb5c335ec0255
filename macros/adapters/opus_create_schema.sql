{# A statement that creates a schema where there is none; name: unquoted. #}
{% macro opus_create_schema(name) %}{{ return(adapter.dispatch('opus_create_schema', 'opus_sync')(name)) }}{% endmacro %}

{% macro duckdb__opus_create_schema(name) %}
    {{ return('create schema if not exists ' ~ opus_identifier(target.database) ~ '.' ~ opus_identifier(name)) }}
{% endmacro %}

{# `if not exists` asks for the right to create schemas even where the schema is there. #}
{% macro postgres__opus_create_schema(name) %}
    {%- set sql -%}
do $opus$ begin
    if not exists (select from pg_catalog.pg_namespace where nspname = {{ opus_literal(name) }}) then
        create schema {{ opus_identifier(name) }};
    end if;
end $opus$
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# A statement that must be the first of its batch, hence exec. #}
{% macro sqlserver__opus_create_schema(name) %}
    {{ return('if schema_id(' ~ opus_literal(name) ~ ') is null exec(' ~ opus_literal('create schema ' ~ opus_identifier(name)) ~ ')') }}
{% endmacro %}
