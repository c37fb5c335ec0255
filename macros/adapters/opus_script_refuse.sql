{#
    A statement that ends a script where a query finds something. query: gives object_name, the text that the message
    starts with; message: its rest.
#}
{% macro opus_script_refuse(query, message) %}
    {{ return(adapter.dispatch('opus_script_refuse', 'opus_sync')(query, message)) }}
{% endmacro %}

{% macro duckdb__opus_script_refuse(query, message) %}
    {{ return("select error(string_agg(distinct object_name, ', ') || " ~ opus_literal(' ' ~ message) ~ ")\nfrom (\n" ~ query ~ "\n) as found\nhaving count(*) > 0") }}
{% endmacro %}

{% macro postgres__opus_script_refuse(query, message) %}
    {%- set sql -%}
do $opus$
declare
    found_names text;
begin
    select string_agg(distinct found.object_name, ', ') into found_names
    from (
{{ query }}
    ) as found;
    if found_names is not null then
        raise exception '% %', found_names, {{ opus_literal(message) }};
    end if;
end $opus$
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_script_refuse(query, message) %}
    {%- set sql -%}
declare @found_names nvarchar(max);
select @found_names = string_agg(cast(found.object_name as nvarchar(max)), N', ')
from (
    select distinct names.object_name
    from (
{{ query }}
    ) as names
) as found;
if @found_names is not null
begin
    set @found_names = left(concat(@found_names, {{ opus_literal(' ' ~ message) }}), 2000);
    throw 50000, @found_names, 1;
end
    {%- endset -%}
    {{ return(opus_script_late(sql)) }}
{% endmacro %}
