{#
    The column names of a desired model, as the warehouse has them. One of the two macros that touch the world: unit
    tests override it.
    Without a connection (`dbt compile --no-introspect`) they are those that the model's properties list, else all that
    the contract pushes. own: the items or subitems of the contract.
#}
{% macro opus_desired_columns(relation, own=none) %}
    {% if not execute %}{{ return([]) }}{% endif %}
    {% if flags.INTROSPECT is not false %}
        {{ return(adapter.get_columns_in_relation(relation) | map(attribute='name') | list) }}
    {% endif %}
    {% set name = relation.identifier | replace('__dbt__cte__', '') %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.alias == name and node.columns %}
        {{ return(node.columns.values() | map(attribute='name') | list) }}
    {% endfor %}
    {% set pushed = (own or {'columns': []})['columns'] | selectattr('direction', 'equalto', 'push') | map(attribute='name') | list %}
    {{ return(pushed + (['parent_key'] if own and own.entity == 'subitems' else [])) }}
{% endmacro %}
