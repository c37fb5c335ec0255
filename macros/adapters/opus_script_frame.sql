{#
    First and last statements of a script that a person runs: all of it is done or nothing, and only in the database it
    was made for.
#}
{% macro opus_script_frame() %}{{ return(adapter.dispatch('opus_script_frame', 'opus_sync')()) }}{% endmacro %}

{% macro default__opus_script_frame() %}
    {{ return({
        'first': ['begin', "select error('this script is for the database ' || " ~ opus_literal(target.database) ~ " || ', this is ' || database_name) from (select current_database() as database_name) as here where database_name <> " ~ opus_literal(target.database)],
        'last': ['commit'],
    }) }}
{% endmacro %}

{% macro postgres__opus_script_frame() %}
    {%- set check -%}
do $opus$ begin
    if current_database() <> {{ opus_literal(target.database) }} then
        raise exception 'this script is for the database %, this is %', {{ opus_literal(target.database) }}, current_database();
    end if;
end $opus$
    {%- endset -%}
    {{ return({'first': ['begin', 'set local client_min_messages = warning', check], 'last': ['commit']}) }}
{% endmacro %}

{# One batch: an error ends it whatever tool runs it, where the batch after a GO would be run regardless. #}
{% macro sqlserver__opus_script_frame() %}
    {%- set check -%}
if db_name() <> {{ opus_literal(target.database) }}
    throw 50000, {{ opus_literal('this script is for the database ' ~ target.database) }}, 1
    {%- endset -%}
    {{ return({
        'first': ['set nocount on', 'set xact_abort on', check, 'begin transaction'],
        'last': ['commit transaction;\nGO'],
    }) }}
{% endmacro %}
