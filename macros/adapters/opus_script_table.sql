{# Statements that create a table where it is missing, else add the columns it lacks. columns: column -> kind. #}
{% macro opus_script_table(schema, table, columns) %}
    {{ return(adapter.dispatch('opus_script_table', 'opus_sync')(schema, table, columns)) }}
{% endmacro %}

{% macro duckdb__opus_script_table(schema, table, columns) %}
    {% set relation = schema ~ '.' ~ opus_identifier(table) %}
    {% set statements = [_opus_table_statements(relation, columns)[0] | replace('create table ', 'create table if not exists ', 1)] %}
    {% for column, kind in columns.items() %}
        {% do statements.append('alter table ' ~ relation ~ ' add column if not exists ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{% macro postgres__opus_script_table(schema, table, columns) %}
    {% set relation = schema ~ '.' ~ opus_identifier(table) %}
    {% set additions = [] %}
    {% for column, kind in columns.items() %}
        {% do additions.append('    add column if not exists ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return([
        'create table if not exists ' ~ relation ~ ' ()',
        'alter table ' ~ relation ~ '\n' ~ additions | join(',\n'),
    ]) }}
{% endmacro %}

{% macro sqlserver__opus_script_table(schema, table, columns) %}
    {% set relation = schema ~ '.' ~ opus_identifier(table) %}
    {% set name = opus_literal(relation) %}
    {% set statements = ['if object_id(' ~ name ~ ') is null ' ~ _opus_table_statements(relation, columns)[0]] %}
    {% for column, kind in columns.items() %}
        {% do statements.append('if col_length(' ~ name ~ ', ' ~ opus_literal(column) ~ ') is null alter table ' ~ relation ~ ' add ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}
