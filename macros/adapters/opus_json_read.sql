{#
    A select that reads many members of one JSON column in a single pass.
    keep: columns or expressions with alias to carry along; fields: member -> column name (text).
#}
{% macro opus_json_read(relation, json_column, keep, fields) %}
    {{ return(adapter.dispatch('opus_json_read', 'opus_sync')(relation, json_column, keep, fields)) }}
{% endmacro %}

{% macro duckdb__opus_json_read(relation, json_column, keep, fields) %}
    {%- set structure = {} -%}
    {%- for member in fields %}{% do structure.update({member: 'VARCHAR'}) %}{% endfor -%}
    {%- set sql -%}
    select
        {{ keep | join(',\n        ') }}
        {%- for member, name in fields.items() %},
        members.{{ opus_identifier(member) }} as {{ name }}
        {%- endfor %}
    from (
        select
            *,
            {% if fields -%}
            from_json({{ json_column }}, '{{ tojson(structure) }}') as members
            {%- else -%}
            null as members
            {%- endif %}
        from {{ relation }}
    ) as source_rows
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
