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
            from_json({{ json_column }}, {{ opus_literal(tojson(structure)) }}) as members
            {%- else -%}
            null as members
            {%- endif %}
        from {{ relation }}
    ) as source_rows
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_json_read(relation, json_column, keep, fields) %}
    {%- set sql -%}
    select
        {{ keep | join(',\n        ') }}
        {%- for name in fields.values() %},
        members.{{ name }}
        {%- endfor %}
    from {{ relation }} as source_rows
    {%- if fields %}
    left join lateral (
        select
            {%- for member, name in fields.items() %}
            record.{{ opus_identifier(member) }} as {{ name }}{{ ',' if not loop.last }}
            {%- endfor %}
        from json_to_record(cast(source_rows.{{ json_column }} as json)) as record (
            {%- for member in fields %}{{ opus_identifier(member) }} text{{ ', ' if not loop.last }}{% endfor -%}
        )
    ) as members on true
    {%- endif %}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_json_read(relation, json_column, keep, fields) %}
    {%- set sql -%}
    select
        {{ keep | join(',\n        ') }}
        {%- for name in fields.values() %},
        members.{{ name }} collate database_default as {{ name }}
        {%- endfor %}
    from {{ relation }} as source_rows
    {%- if fields %}
    outer apply openjson(source_rows.{{ json_column }}) with (
        {%- for member, name in fields.items() %}
        {{ name }} nvarchar(max) '$."{{ member | replace("'", "''") }}"'{{ ',' if not loop.last }}
        {%- endfor %}
    ) as members
    {%- endif %}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
