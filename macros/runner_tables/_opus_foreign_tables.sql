{#
    The objects in the runner's schema that bear a name of ours and that mon_layout does not list; found: see _opus_found.
#}
{% macro _opus_foreign_tables(found) %}
    {% set foreign = [] %}
    {% for name in _opus_runner_objects() if opus_folded(name) in found.present %}
        {% if not _opus_is_listed(found.listed, _opus_schema_name(), name) %}
            {% set object = found.present[opus_folded(name)] %}
            {% do foreign.append({'database': target.database, 'schema': _opus_schema_name(), 'name': object.name, 'type': object.type}) %}
        {% endif %}
    {% endfor %}
    {{ return(foreign) }}
{% endmacro %}
