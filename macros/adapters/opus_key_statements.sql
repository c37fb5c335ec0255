{#
    The statements that give a new table its primary key and an index on each column by which it is looked up.
    Constraints bear no name of ours: the table that this one replaces still has its own when they are made.
    relation: the table; primary_key: a bigint column; looked_up: columns.
#}
{% macro opus_key_statements(relation, primary_key, looked_up) %}
    {{ return(adapter.dispatch('opus_key_statements', 'opus_sync')(relation, primary_key, looked_up)) }}
{% endmacro %}

{# DuckDB renames no table that has an index, and dbt swaps by renaming; it needs none to read such tables. #}
{% macro duckdb__opus_key_statements(relation, primary_key, looked_up) %}{{ return([]) }}{% endmacro %}

{# By hash: keys are looked up by equality, and a B-tree refuses a text over 2,704 bytes. #}
{% macro postgres__opus_key_statements(relation, primary_key, looked_up) %}
    {% set statements = ['alter table ' ~ relation ~ ' add primary key (' ~ opus_identifier(primary_key) ~ ')'] %}
    {% for column in looked_up %}
        {% do statements.append('create index on ' ~ relation ~ ' using hash (' ~ opus_identifier(column) ~ ')') %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{# Names of indexes count by table here, so these may stay. #}
{% macro sqlserver__opus_key_statements(relation, primary_key, looked_up) %}
    {% set key = opus_identifier(primary_key) %}
    {% set statements = [
        'alter table ' ~ relation ~ ' alter column ' ~ key ~ ' ' ~ opus_type('bigint') ~ ' not null',
        'alter table ' ~ relation ~ ' add primary key (' ~ key ~ ')',
    ] %}
    {% for column in looked_up %}
        {% do statements.append('create index ' ~ opus_identifier('ix_' ~ column) ~ ' on ' ~ relation ~ ' (' ~ opus_identifier(column) ~ ')') %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}
