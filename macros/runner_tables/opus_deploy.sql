{#
    Creates the runner's tables that are missing and brings those of an older layout up to date. Idempotent. An object
    of one of our names that mon_layout does not list stops the run, for it is somebody else's; so does a layout that
    is newer than this package. Statements only, no look-ups in dbt's cache: on DuckDB those would roll the DDL of a
    hook back.
#}
{% macro opus_deploy() %}
    {% set schema = _opus_schema() %}
    {% set problem = opus_schema_problem(var('opus_schema', 'opus')) %}
    {% if problem %}{{ exceptions.raise_compiler_error(problem) }}{% endif %}
    {% do run_query('create schema if not exists ' ~ schema) %}
    {% set present = _opus_present_columns() %}
    {% set versions = _opus_layout_versions(schema, present) %}
    {% for table in opus_runner_tables() if table in present and table not in versions %}
        {{ exceptions.raise_compiler_error(schema ~ '.' ~ table ~ " exists and was not made by opus-sync: nothing was changed. Set the var opus_schema to a schema of its own, or rename that table.") }}
    {% endfor %}
    {% for statement in opus_functions(schema) %}{% do run_query(statement) %}{% endfor %}
    {% for table, columns in opus_runner_tables().items() %}
        {% do _opus_deploy_table(schema ~ '.' ~ table, columns, present.get(table)) %}
        {% if versions.get(table, 0) < opus_layout_version() %}
            {% do run_query("insert into " ~ schema ~ ".mon_layout (object_name, object_type, layout_version, recorded_at) values ('" ~ table ~ "', 'table', " ~ opus_layout_version() ~ ", " ~ opus_now() ~ ")") %}
        {% endif %}
    {% endfor %}
{% endmacro %}
