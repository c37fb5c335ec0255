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
