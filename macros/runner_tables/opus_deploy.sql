{#
    Creates the runner's tables that are missing and brings those of an older layout up to date, also where the var
    opus_manage_ddl keeps runs from it. Idempotent, all or nothing. An object of one of our names that mon_layout does
    not list stops it, for it is somebody else's; so does a layout that is newer than this package. Statements only, no
    look-ups in dbt's cache: on DuckDB those would roll the DDL of a hook back.
#}
{% macro opus_deploy() %}
    {% do opus_begin() %}
    {% do _opus_deploy_tables(_opus_found()) %}
    {% do opus_commit() %}
{% endmacro %}
