{#
    Drops the schema of a build that read the runner's tables of somebody else (var opus_read_schema), with all that is in
    it: its models, its seeds, its own runner's tables; all of it or none. Refuses a schema that is not opus_schema and the
    models' schema in one, or that no such build made.
#}
{% macro opus_drop_own() %}
    {% do opus_begin() %}
    {% do _opus_refuse_unreadable() %}
    {% set present = _opus_present(_opus_schema_name()) %}
    {% set is_ours = not present or opus_folded('mon_layout') in present %}
    {% if not _opus_only_reads() or _opus_schema_name() != target.schema or not is_ours %}
        {% do _opus_refuse("opus_drop_own drops the schema " ~ target.schema ~ " only where the var opus_schema names it, too, the var opus_read_schema names another one, and a build made it: nothing was dropped.") %}
    {% endif %}
    {% for type in ['view', 'materialized view', 'table', 'procedure', 'function'] %}
        {% set names = present.values() | selectattr('type', 'equalto', type) | map(attribute='name') | list %}
        {% for statement in opus_drop(type, target.schema, names) if names %}{% do run_query(statement) %}{% endfor %}
    {% endfor %}
    {% if present %}{% do run_query(opus_drop_schema(target.schema)) %}{% endif %}
    {% do opus_commit() %}
    {% do log(target.schema ~ (' was dropped' if present else ' is not there'), info=true) %}
{% endmacro %}
