{#
    Creates the runner's tables that are missing and brings those of an older layout up to date, also where the var
    opus_manage_ddl keeps runs from it. Idempotent, all or nothing. An object of one of our names that mon_layout does
    not list stops it, for it is somebody else's; so does a layout that is newer than this package. Statements only, no
    look-ups in dbt's cache: on DuckDB those would roll the DDL of a hook back.
    output: text, or json for one line that programs read.
#}
{% macro opus_deploy(output='text') %}
    {% do _opus_check_db_arguments('opus_deploy', output) %}
    {% do opus_begin() %}
    {% set done = _opus_deploy_tables(_opus_found()) %}
    {% do opus_commit() %}
    {% set lines = [] %}
    {% for line in done %}{% do lines.append(line) %}{% endfor %}
    {% do lines.append(_opus_schema() ~ ' is of layout version ' ~ opus_layout_version() ~ ('' if done else ', nothing was missing')) %}
    {% do _opus_report('opus_deploy', output, 0, lines, {'schema': _opus_schema_name(), 'layout_version': opus_layout_version(), 'done': done}) %}
{% endmacro %}
