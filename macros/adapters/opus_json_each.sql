{#
    A select with a row for each member of a JSON object: the kept columns, member, member_value (text or NULL).
    keep: columns to carry along.
#}
{% macro opus_json_each(relation, json_column, keep) %}
    {{ return(adapter.dispatch('opus_json_each', 'opus_sync')(relation, json_column, keep)) }}
{% endmacro %}

{% macro duckdb__opus_json_each(relation, json_column, keep) %}
    {#- A lateral json_each becomes a join on the JSON text; unnesting a map took a third of the time. -#}
    {%- set sql -%}
    select {{ keep | join(', ') }}, entry.key as member, entry.value as member_value
    from (
        select
            {{ keep | join(', ') }},
            unnest(map_entries(cast(cast({{ json_column }} as json) as map(varchar, varchar)))) as entry
        from {{ relation }}
    ) as source_rows
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_json_each(relation, json_column, keep) %}
    {%- set sql -%}
    select {{ keep | join(', ') }}, entry.member, entry.member_value
    from {{ relation }} as source_rows
    cross join lateral json_each_text(cast({{ json_column }} as json)) as entry (member, member_value)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_json_each(relation, json_column, keep) %}
    {%- set sql -%}
    select
        {{ keep | join(', ') }},
        entry.[key] collate database_default as member,
        entry.[value] collate database_default as member_value
    from {{ relation }} as source_rows
    cross apply openjson({{ json_column }}) as entry
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
