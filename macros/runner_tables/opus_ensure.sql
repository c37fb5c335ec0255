{#
    Creates or upgrades the runner's tables before they are used, and claims the names of the models to be built.
    Where the var opus_manage_ddl is false nothing is created: what is missing stops the run.
    With the var opus_read_schema all of that is in opus_schema, never where it only reads.
    selected: unique ids of the nodes of this run.
#}
{% macro opus_ensure(selected=[]) %}
    {% do opus_begin() %}
    {% do _opus_refuse_unreadable() %}
    {% set found = _opus_found() %}
    {% if var('opus_manage_ddl', true) %}
        {% do _opus_deploy_tables(found) %}
    {% else %}
        {% do _opus_refuse_missing(found) %}
    {% endif %}
    {% do _opus_claim(found, selected) %}
    {% do opus_commit() %}
{% endmacro %}
