{# The objects in the runner's schema that bear a name of ours and that mon_layout does not list. found: see _opus_found. #}
{% macro _opus_foreign_tables(found) %}
    {% set foreign = [] %}
    {% for table in opus_runner_tables() if opus_folded(table) in found.present %}
        {% if not _opus_is_listed(found.listed, _opus_schema_name(), table) %}
            {% set object = found.present[opus_folded(table)] %}
            {% do foreign.append({'schema': _opus_schema_name(), 'name': object.name, 'type': object.type}) %}
        {% endif %}
    {% endfor %}
    {{ return(foreign) }}
{% endmacro %}
