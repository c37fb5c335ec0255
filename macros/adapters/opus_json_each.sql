{#
    A select with a row for each member of a JSON object: the kept columns, member, member_value (text or NULL).
    keep: columns to carry along.
#}
{% macro opus_json_each(relation, json_column, keep) %}
    {{ return(adapter.dispatch('opus_json_each', 'opus_sync')(relation, json_column, keep)) }}
{% endmacro %}

{% macro duckdb__opus_json_each(relation, json_column, keep) %}
    {%- set sql -%}
    select
        {% for column in keep %}source_rows.{{ column }},
        {% endfor -%}
        members.key as member,
        members.value ->> '$' as member_value
    from {{ relation }} as source_rows, json_each(source_rows.{{ json_column }}) as members
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
