{#
    Creates or upgrades what the runner needs: its schema, tables and, where the warehouse has them, procedure. Gives a
    line for each thing done. found: see _opus_found. To be called after opus_begin.
#}
{% macro _opus_deploy_tables(found) %}
    {% set problem = opus_schema_problem(_opus_schema_name()) %}
    {% if problem %}{% do _opus_refuse(problem) %}{% endif %}
    {% do _opus_refuse_foreign(_opus_foreign_tables(found)) %}
    {% set done = [] %}
    {% if not found.present %}{% do run_query(opus_create_schema(_opus_schema_name())) %}{% endif %}
    {% for table, columns in opus_runner_tables().items() %}
        {% set present = found.present.get(opus_folded(table)) %}
        {% set statements = _opus_table_statements(found.schema ~ '.' ~ opus_identifier(table), columns, present) %}
        {% for statement in statements %}{% do run_query(statement) %}{% endfor %}
        {% if statements %}{% do done.append((table ~ ': ' ~ statements | length ~ ' columns added') if present else (table ~ ': created')) %}{% endif %}
    {% endfor %}
    {% if done or not _opus_is_current(found.listed, 'mon_layout') %}
        {% for statement in opus_functions(found.schema) %}{% do run_query(statement) %}{% endfor %}
    {% endif %}
    {% set procedure = opus_rollback_procedure(found.schema) %}
    {% set current = _opus_is_current(found.listed, procedure.name) if procedure else true %}
    {% if procedure and not (current and opus_folded(procedure.name) in found.present) %}
        {% for statement in procedure.statements %}{% do run_query(statement) %}{% endfor %}
        {% do done.append(procedure.name ~ ': created') %}
    {% endif %}
    {% if not current %}{% do run_query(_opus_list(procedure.name, 'procedure', _opus_schema_name())) %}{% endif %}
    {% for table in opus_runner_tables() if not _opus_is_current(found.listed, table) %}
        {% do run_query(_opus_list(table, 'table', _opus_schema_name())) %}
    {% endfor %}
    {{ return(done) }}
{% endmacro %}

{# True where mon_layout lists one of the runner's objects with this package's version. #}
{% macro _opus_is_current(listed, name) %}
    {% for entry in listed if entry.name == name and entry.type != 'model' and entry.layout_version == opus_layout_version() %}
        {{ return(true) }}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}
