{#
    The functions that a warehouse lacks, for casts that do not fail: {name, type, statements}, which can be run again.
    schema: the quoted schema of the runner's tables.
#}
{% macro opus_functions(schema) %}{{ return(adapter.dispatch('opus_functions', 'opus_sync')(schema)) }}{% endmacro %}

{% macro default__opus_functions(schema) %}
    {{ return([]) }}
{% endmacro %}

{% macro postgres__opus_functions(schema) %}
    {# What PostgreSQL 16 calls IS JSON and pg_input_is_valid. #}
    {% set made = {'opus_is_json': _opus_function(schema, 'opus_is_json', 'boolean', "perform cast(value as json); return value is not null;", 'false')} %}
    {% for kind in ['decimal', 'date', 'timestamp'] %}
        {% do made.update({'opus_try_' ~ kind: _opus_function(schema, 'opus_try_' ~ kind, opus_type(kind), 'return cast(value as ' ~ opus_type(kind) ~ ');', 'null')}) %}
    {% endfor %}
    {% do made.update({'opus_try_utc': _opus_function(schema, 'opus_try_utc', 'timestamp', "return cast(value as timestamptz) at time zone 'UTC';", 'null')}) %}
    {% do made.update({'opus_lower': _opus_letter_function(schema, 'lower'), 'opus_upper': _opus_letter_function(schema, 'upper')}) %}
    {% set functions = [] %}
    {% for name, statement in made.items() %}{% do functions.append({'name': name, 'type': 'function', 'statements': [statement]}) %}{% endfor %}
    {{ return(functions) }}
{% endmacro %}

{# lower or upper by a collation that knows every script, the first of those that this server has. #}
{% macro _opus_letter_function(schema, name) %}
    {%- set sql -%}
do $do$
declare
    known text;
begin
    select collname into known
    from pg_collation
    where collencoding in (-1, (select encoding from pg_database where datname = current_database()))
        and collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8', 'en_US.utf8')
    order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8', 'en_US.utf8'], cast(collname as text))
    limit 1;
    execute format(
        'create or replace function {{ schema }}.opus_{{ name }}(value text) returns text language sql immutable parallel safe as $body$ select {{ name }}(value collate %I) $body$',
        coalesce(known, 'default')
    );
end
$do$
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro _opus_function(schema, name, type, body, otherwise) %}
    {%- set sql -%}
create or replace function {{ schema }}.{{ name }}(value text) returns {{ type }} language plpgsql stable parallel restricted as $body$
begin
    {{ body }}
exception when data_exception then
    return {{ otherwise }};
end
$body$
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
