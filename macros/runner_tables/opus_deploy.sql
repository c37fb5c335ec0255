{#
    Creates the runner's tables that are missing. Idempotent; an object of one of our names that mon_layout does not
    list stops the run, for it is somebody else's. Statements only, no look-ups in dbt's cache: on DuckDB those
    would roll the DDL of a hook back.
#}
{% macro opus_deploy() %}
    {% set schema = _opus_schema() %}
    {% set problem = opus_schema_problem(var('opus_schema', 'opus')) %}
    {% if problem %}{{ exceptions.raise_compiler_error(problem) }}{% endif %}
    {% do run_query('create schema if not exists ' ~ schema) %}
    {% set present = _opus_present_tables() %}
    {% set ours = [] %}
    {% if 'mon_layout' in present %}
        {% set ours = run_query('select object_name from ' ~ schema ~ '.mon_layout').columns[0].values() | list %}
    {% endif %}
    {% for table, columns in opus_runner_tables().items() %}
        {% if table in present and table not in ours %}
            {{ exceptions.raise_compiler_error(schema ~ '.' ~ table ~ " exists and was not made by opus-sync: nothing was changed. Set the var opus_schema to a schema of its own, or rename that table.") }}
        {% endif %}
    {% endfor %}
    {% for table, columns in opus_runner_tables().items() if table not in present %}
        {% set definitions = [] %}
        {% for column, kind in columns.items() %}
            {% do definitions.append(opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
        {% endfor %}
        {% do run_query('create table ' ~ schema ~ '.' ~ table ~ ' (' ~ definitions | join(', ') ~ ')') %}
        {% if table not in ours %}
            {% do run_query("insert into " ~ schema ~ ".mon_layout (object_name, object_type, layout_version, recorded_at) values ('" ~ table ~ "', 'table', " ~ opus_layout_version() ~ ", " ~ opus_now() ~ ")") %}
        {% endif %}
    {% endfor %}
{% endmacro %}
