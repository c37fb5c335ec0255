{# Statements that create a runner's table where it is missing, else add the columns it lacks. columns: column -> kind. #}
{% macro opus_script_table(table, columns) %}
    {{ return(adapter.dispatch('opus_script_table', 'opus_sync')(table, columns)) }}
{% endmacro %}

{% macro duckdb__opus_script_table(table, columns) %}
    {% set relation = _opus_schema() ~ '.' ~ opus_identifier(table) %}
    {% set statements = [_opus_table_statements(relation, columns)[0] | replace('create table ', 'create table if not exists ', 1)] %}
    {% for column, kind in columns.items() %}
        {% do statements.append('alter table ' ~ relation ~ ' add column if not exists ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{% macro postgres__opus_script_table(table, columns) %}
    {% set relation = _opus_schema() ~ '.' ~ opus_identifier(table) %}
    {% set additions = [] %}
    {% for column, kind in columns.items() %}
        {% do additions.append('    add column if not exists ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return([
        'create table if not exists ' ~ relation ~ ' ()',
        'alter table ' ~ relation ~ '\n' ~ additions | join(',\n'),
    ]) }}
{% endmacro %}

{# Names of two parts: what functions make of three is not said. #}
{% macro sqlserver__opus_script_table(table, columns) %}
    {% set relation = opus_identifier(_opus_schema_name()) ~ '.' ~ opus_identifier(table) %}
    {% set name = opus_literal(relation) %}
    {% set statements = ['if object_id(' ~ name ~ ') is null ' ~ _opus_table_statements(relation, columns)[0]] %}
    {% for column, kind in columns.items() %}
        {% do statements.append('if columnproperty(object_id(' ~ name ~ '), ' ~ opus_literal(column) ~ ', ' ~ opus_literal('ColumnId') ~ ') is null alter table ' ~ relation ~ ' add ' ~ opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}
