{#
    The models of ours as opus_db_validate shows them: {schema, name, type, state, differences}. Their columns are those
    that are documented; others and their types are the model's own.
#}
{% macro _opus_validated_models(found) %}
    {% set objects = [] %}
    {% set schemas = {} %}
    {% set built = _opus_built_relations(found) %}
    {% set foreign = _opus_foreign_models(found, _opus_unlisted_places(found.listed)) | map(attribute='relation') | list %}
    {% for node in _opus_our_models() %}
        {% set place = _opus_place(node) %}
        {% if place.listed_schema not in schemas %}
            {% do schemas.update({place.listed_schema: _opus_present(place.schema, place.database)}) %}
        {% endif %}
        {% set present = schemas[place.listed_schema].get(opus_folded(place.name)) %}
        {% set differences = [] %}
        {% for column in node.columns.values() if present and opus_folded(column.name) not in present.columns %}
            {% do differences.append('column ' ~ column.name ~ ' is missing') %}
        {% endfor %}
        {% set absent = 'missing' if place.relation in built else 'unbuilt' %}
        {% do objects.append({
            'schema': place.listed_schema, 'name': place.name, 'type': 'model', 'differences': differences if place.relation not in foreign else [],
            'state': 'foreign' if place.relation in foreign else absent if not present else 'different' if differences else 'present',
        }) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}
