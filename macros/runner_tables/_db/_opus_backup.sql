{# Copies the runner's tables into a schema of the moment: {schema, rows: {table: rows}}; without confirm only counts. #}
{% macro _opus_backup(found, confirm) %}
    {% set schema = _opus_schema_name() ~ '_backup_' ~ run_started_at.strftime('%Y%m%d_%H%M%S') %}
    {% set path = opus_identifier(target.database) ~ '.' ~ opus_identifier(schema) %}
    {% set rows = {} %}
    {% for table in opus_runner_tables() if _opus_own_object(found, table) %}
        {% if confirm %}
            {% if loop.first %}{% do run_query(opus_create_schema(schema)) %}{% endif %}
            {% do run_query(opus_copy_table(found.schema ~ '.' ~ opus_identifier(table), path ~ '.' ~ opus_identifier(table))) %}
        {% endif %}
        {% do rows.update({table: _opus_row_count((path if confirm else found.schema) ~ '.' ~ opus_identifier(table))}) %}
    {% endfor %}
    {{ return({'schema': schema, 'rows': rows}) }}
{% endmacro %}
