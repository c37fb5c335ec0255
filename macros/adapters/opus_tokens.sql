{#
    A select with a row for each entry of a list: the kept columns and token (text).
    A list is a JSON array, whose entries are taken as they stand, or a plain text `A, B`, whose entries are trimmed.
#}
{% macro opus_tokens(relation, list_column, keep) %}
    {{ return(adapter.dispatch('opus_tokens', 'opus_sync')(relation, list_column, keep)) }}
{% endmacro %}

{% macro duckdb__opus_tokens(relation, list_column, keep) %}
    {%- set sql -%}
    select {{ keep | join(', ') }}, token
    from (
        select
            {{ keep | join(', ') }},
            unnest(
                case
                    when {{ list_column }} like '[%' and json_valid({{ list_column }})
                        then from_json({{ list_column }}, '["VARCHAR"]')
                    else list_transform(string_split({{ list_column }}, ','), lambda part: trim(part))
                end
            ) as token
        from {{ relation }}
    ) as entries
    where token <> ''
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_tokens(relation, list_column, keep) %}
    {%- set is_array = "(" ~ list_column ~ " like '[%' and " ~ _opus_schema() ~ ".opus_is_json(" ~ list_column ~ "))" -%}
    {%- set sql -%}
    select {{ keep | join(', ') }}, entries.token
    from {{ relation }} as source_rows
    cross join lateral (
        select member as token
        from json_array_elements_text(case when {{ is_array }} then cast({{ list_column }} as json) end) as members (member)
        union all
        select trim(part)
        from unnest(string_to_array(case when not {{ is_array }} then {{ list_column }} end, ',')) as parts (part)
    ) as entries
    where entries.token <> ''
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_tokens(relation, list_column, keep) %}
    {%- set sql -%}
    select {{ keep | join(', ') }}, entries.token
    from {{ relation }} as source_rows
    cross apply (
        select member.[value] collate database_default as token
        from openjson(case when left({{ list_column }}, 1) = '[' and isjson({{ list_column }}) = 1 then {{ list_column }} end) as member
        union all
        select trim(part.value) collate database_default
        from string_split(case when not (left({{ list_column }}, 1) = '[' and isjson({{ list_column }}) = 1) then {{ list_column }} end, ',') as part
    ) as entries
    where entries.token <> ''
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
