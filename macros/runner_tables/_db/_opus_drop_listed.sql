{#
    Drops what is ours, each kind before what it may rest on, and gives a line for each; without confirm only the lines.
    What mon_layout lists in another database is left alone.
#}
{% macro _opus_drop_listed(found, confirm) %}
    {% set objects = _opus_listed_objects(found) %}
    {% set dropped = [] %}
    {% for type in ['view', 'materialized view', 'table', 'procedure', 'function'] %}
        {% for schema, group in objects | selectattr('type', 'equalto', type) | groupby('schema', case_sensitive=true) %}
            {% for statement in opus_drop(type, schema, group | map(attribute='name') | list) if confirm %}{% do run_query(statement) %}{% endfor %}
            {% for object in group %}{% do dropped.append(type ~ ' ' ~ schema ~ '.' ~ object.name) %}{% endfor %}
        {% endfor %}
    {% endfor %}
    {% set own = found.present.keys() | list %}
    {% for object in objects if opus_folded(object.schema) == opus_folded(_opus_schema_name()) and opus_folded(object.name) in own %}
        {% do own.remove(opus_folded(object.name)) %}
    {% endfor %}
    {% if found.present and not own %}
        {% if confirm %}{% do run_query(opus_drop_schema(_opus_schema_name())) %}{% endif %}
        {% do dropped.append('schema ' ~ _opus_schema_name()) %}
    {% endif %}
    {{ return(dropped) }}
{% endmacro %}

{# The objects that are there and ours: {schema, name, type}, also models from before they were listed. #}
{% macro _opus_listed_objects(found) %}
    {% set entries = [] %}
    {% for entry in found.listed %}{% do entries.append({'schema': entry.schema, 'name': entry.name}) %}{% endfor %}
    {% set built = _opus_built_relations(found) %}
    {% for place in _opus_unlisted_places(found.listed) if place.relation in built %}
        {% do entries.append({'schema': place.listed_schema, 'name': place.name}) %}
    {% endfor %}
    {% set objects = {} %}
    {% for schema, group in entries | groupby('schema', case_sensitive=true) %}
        {% set present = _opus_present(schema) %}
        {% for entry in group if opus_folded(entry.name) in present %}
            {% set object = present[opus_folded(entry.name)] %}
            {% do objects.update({schema ~ '.' ~ object.name: {'schema': schema, 'name': object.name, 'type': object.type}}) %}
        {% endfor %}
    {% endfor %}
    {{ return(objects.values() | sort(attribute='name') | list) }}
{% endmacro %}
