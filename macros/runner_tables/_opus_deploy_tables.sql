{#
    Creates or upgrades what the runner needs: its schema, its tables, its functions and procedure. Gives a line for
    each thing done. found: see _opus_found. To be called after opus_begin.
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
    {% for routine in _opus_routines() %}
        {% if opus_folded(routine.name) not in found.present or not _opus_is_current(found.listed, routine.name) %}
            {% for statement in routine.statements %}{% do run_query(statement) %}{% endfor %}
            {% do done.append(routine.name ~ ': created') %}
        {% endif %}
    {% endfor %}
    {% for name, type in _opus_runner_objects().items() if not _opus_is_current(found.listed, name) %}
        {% do run_query(_opus_list(name, type, _opus_schema_name())) %}
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
