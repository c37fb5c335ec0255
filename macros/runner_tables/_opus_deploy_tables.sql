{# Creates or upgrades the runner's tables; found: see _opus_found. To be called after opus_begin. #}
{% macro _opus_deploy_tables(found) %}
    {% set problem = opus_schema_problem(_opus_schema_name()) %}
    {% if problem %}{% do _opus_refuse(problem) %}{% endif %}
    {% do _opus_refuse_foreign(_opus_foreign_tables(found)) %}
    {% if not found.present %}{% do run_query(opus_create_schema(_opus_schema_name())) %}{% endif %}
    {% for statement in opus_functions(found.schema) %}{% do run_query(statement) %}{% endfor %}
    {% for table, columns in opus_runner_tables().items() %}
        {% for statement in _opus_table_statements(found.schema ~ '.' ~ opus_identifier(table), columns, found.present.get(opus_folded(table))) %}
            {% do run_query(statement) %}
        {% endfor %}
    {% endfor %}
    {% for table in opus_runner_tables() if _opus_listed_version(found.listed, table) < opus_layout_version() %}
        {% do run_query(_opus_list(table, 'table', _opus_schema_name())) %}
    {% endfor %}
{% endmacro %}

{# The newest version that mon_layout records of a runner's table; 0 where there is none. #}
{% macro _opus_listed_version(listed, table) %}
    {{ return(listed | selectattr('name', 'equalto', table) | selectattr('type', 'equalto', 'table') | map(attribute='layout_version') | max | default(0, true)) }}
{% endmacro %}
