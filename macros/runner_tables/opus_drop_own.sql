{#
    Drops the schema of a build that read the runner's tables of somebody else (var opus_read_schema), with all that is in
    it: its models, its seeds, its own runner's tables. Refuses a schema that is not opus_schema and the models' schema in
    one, that is not such a build's, or that holds nothing of ours.
#}
{% macro opus_drop_own() %}
    {% do opus_begin() %}
    {% do _opus_refuse_unreadable() %}
    {% set present = _opus_present(_opus_schema_name()) %}
    {% if not _opus_only_reads() or _opus_schema_name() != target.schema or (present and opus_folded('mon_layout') not in present) %}
        {% do _opus_refuse("opus_drop_own drops the schema " ~ target.schema ~ " only where the var opus_schema names it, too, the var opus_read_schema names another one, and a build made it: nothing was dropped.") %}
    {% endif %}
    {% do opus_commit() %}
    {% if present %}{% do adapter.drop_schema(api.Relation.create(database=target.database, schema=target.schema)) %}{% endif %}
    {% do log((target.schema ~ ' was dropped') if present else (target.schema ~ ' is not there'), info=true) %}
{% endmacro %}
