{#
    Statements that create the roles <opus_schema>_builder, _runner, _approver and _reader with what each needs, none where
    the warehouse has no roles. The reader reads; the builder runs dbt; the runner appends, and builds to promote what it
    wrote; the approver reads and appends decisions.
    schemas: names of the schemas that models are built in.
#}
{% macro opus_script_roles(schemas) %}{{ return(adapter.dispatch('opus_script_roles', 'opus_sync')(schemas)) }}{% endmacro %}

{% macro duckdb__opus_script_roles(schemas) %}{{ return([]) }}{% endmacro %}

{% macro postgres__opus_script_roles(schemas) %}
    {% set own = opus_identifier(_opus_schema_name()) %}
    {% set roles = _opus_roles() %}
    {% set statements = [] %}
    {% for role in roles.values() %}
        {% do statements.append("do $opus$ begin\n    if not exists (select from pg_catalog.pg_roles where rolname = " ~ opus_literal(role.name) ~ ') then\n        create role ' ~ role.quoted ~ ';\n    end if;\nend $opus$') %}
    {% endfor %}
    {% do statements.append('grant usage on schema ' ~ own ~ ' to ' ~ roles.reader.quoted) %}
    {% for role in ['builder', 'approver'] %}{% do statements.append('grant ' ~ roles.reader.quoted ~ ' to ' ~ roles[role].quoted) %}{% endfor %}
    {% do statements.append('grant ' ~ roles.builder.quoted ~ ' to ' ~ roles.runner.quoted) %}
    {% for table in opus_runner_tables() %}
        {% set relation = own ~ '.' ~ opus_identifier(table) %}
        {% do statements.append('grant select on ' ~ relation ~ ' to ' ~ roles.reader.quoted) %}
        {% do statements.append('grant insert on ' ~ relation ~ ' to ' ~ _opus_roles_that_append(table, roles) | join(', ')) %}
    {% endfor %}
    {% do statements.append('grant execute on procedure ' ~ own ~ '.sp_rollback_batch(text, text) to ' ~ roles.runner.quoted ~ ', ' ~ roles.approver.quoted) %}
    {% for schema in schemas %}
        {% do statements.append('grant usage on schema ' ~ opus_identifier(schema) ~ ' to ' ~ roles.reader.quoted) %}
        {% do statements.append('grant create on schema ' ~ opus_identifier(schema) ~ ' to ' ~ roles.builder.quoted) %}
        {% do statements.append('alter default privileges for role ' ~ roles.builder.quoted ~ ' in schema ' ~ opus_identifier(schema) ~ ' grant select on tables to ' ~ roles.reader.quoted) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{% macro sqlserver__opus_script_roles(schemas) %}
    {% set own = opus_identifier(_opus_schema_name()) %}
    {% set roles = _opus_roles() %}
    {% set statements = [] %}
    {% for role in roles.values() %}
        {% do statements.append('if database_principal_id(' ~ opus_literal(role.name) ~ ') is null create role ' ~ role.quoted) %}
    {% endfor %}
    {% for role in ['builder', 'approver'] %}{% do statements.append('alter role ' ~ roles.reader.quoted ~ ' add member ' ~ roles[role].quoted) %}{% endfor %}
    {% do statements.append('alter role ' ~ roles.builder.quoted ~ ' add member ' ~ roles.runner.quoted) %}
    {% for table in opus_runner_tables() %}
        {% set relation = 'object::' ~ own ~ '.' ~ opus_identifier(table) %}
        {% do statements.append('grant select on ' ~ relation ~ ' to ' ~ roles.reader.quoted) %}
        {% do statements.append('grant insert on ' ~ relation ~ ' to ' ~ _opus_roles_that_append(table, roles) | join(', ')) %}
    {% endfor %}
    {% do statements.append('grant execute on object::' ~ own ~ '.[SP_RollbackBatch] to ' ~ roles.runner.quoted ~ ', ' ~ roles.approver.quoted) %}
    {% do statements.append('grant create table, create view to ' ~ roles.builder.quoted) %}
    {% for schema in schemas %}
        {% do statements.append('grant select on schema::' ~ opus_identifier(schema) ~ ' to ' ~ roles.reader.quoted) %}
        {% do statements.append('grant alter, insert, update, delete, references on schema::' ~ opus_identifier(schema) ~ ' to ' ~ roles.builder.quoted) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{# The roles by their short names: {name, quoted}. #}
{% macro _opus_roles() %}
    {% set roles = {} %}
    {% for role in ['reader', 'builder', 'runner', 'approver'] %}
        {% set name = _opus_schema_name() ~ '_' ~ role %}
        {% do roles.update({role: {'name': name, 'quoted': opus_identifier(name)}}) %}
    {% endfor %}
    {{ return(roles) }}
{% endmacro %}

{# Who appends to a table: the runner to all, who builds to what a build writes, who approves decisions. #}
{% macro _opus_roles_that_append(table, roles) %}
    {% set appending = [roles.runner.quoted] %}
    {% if table in ['mon_layout', 'mon_build_event'] %}{% do appending.append(roles.builder.quoted) %}{% endif %}
    {% if table == 'mon_decision' %}{% do appending.append(roles.approver.quoted) %}{% endif %}
    {{ return(appending) }}
{% endmacro %}
