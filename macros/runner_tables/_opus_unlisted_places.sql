{#
    The names that models of ours take and that mon_layout does not list: {schema, database, name, relation}.
    selected: unique ids; all models when none.
#}
{% macro _opus_unlisted_places(listed, selected=none) %}
    {% set places = [] %}
    {% for node in _opus_our_models() if selected is none or node.unique_id in selected %}
        {% set place = _opus_place(node) %}
        {% if not _opus_is_listed(listed, place.schema, place.name) %}{% do places.append(place) %}{% endif %}
    {% endfor %}
    {{ return(places) }}
{% endmacro %}

{# Where a model lives; the schema bears its database where that is not the target's. #}
{% macro _opus_place(node) %}
    {% set elsewhere = opus_folded(node.database or target.database) != opus_folded(target.database) %}
    {{ return({
        'schema': (node.database ~ '.' if elsewhere else '') ~ node.schema,
        'own_schema': node.schema,
        'database': node.database or target.database,
        'name': node.alias,
        'relation': node.relation_name,
    }) }}
{% endmacro %}
