{#
    Where a model lives: {database, schema, name, relation (as dbt writes it), listed_schema (as mon_layout has it: with the
    database where that is not the target's)}.
#}
{% macro _opus_place(node) %}
    {% set database = node.database or target.database %}
    {% set elsewhere = opus_folded(database) != opus_folded(target.database) %}
    {{ return({
        'database': database,
        'schema': node.schema,
        'name': node.alias,
        'relation': node.relation_name,
        'listed_schema': (database ~ '.' if elsewhere else '') ~ node.schema,
    }) }}
{% endmacro %}
