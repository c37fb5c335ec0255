{#
    Statements that drop objects of one schema and type (table, view, procedure …). On PostgreSQL all of them in one: what
    depends on each other goes together, and what somebody else made on top of them stops it. name: as in the catalogue.
#}
{% macro opus_drop(type, schema, names) %}{{ return(adapter.dispatch('opus_drop', 'opus_sync')(type, schema, names)) }}{% endmacro %}

{% macro default__opus_drop(type, schema, names) %}
    {% set statements = [] %}
    {% for name in names %}
        {% do statements.append('drop ' ~ type ~ ' ' ~ opus_identifier(schema) ~ '.' ~ opus_identifier(name)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{% macro duckdb__opus_drop(type, schema, names) %}
    {% set statements = [] %}
    {% for name in names %}
        {% do statements.append('drop ' ~ type ~ ' ' ~ opus_identifier(target.database) ~ '.' ~ opus_identifier(schema) ~ '.' ~ opus_identifier(name)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{% macro postgres__opus_drop(type, schema, names) %}
    {% set paths = [] %}
    {% for name in names %}{% do paths.append(opus_identifier(schema) ~ '.' ~ opus_identifier(name)) %}{% endfor %}
    {{ return(['drop ' ~ type ~ ' ' ~ paths | join(', ')]) }}
{% endmacro %}
