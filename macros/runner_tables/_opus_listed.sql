{#
    What is ours, as mon_layout says: a list of {name, type, layout_version, schema}, the newest version of each. Rows of
    a layout without schema_name are of the runner's schema. present: what that schema holds.
#}
{% macro _opus_listed(present) %}
    {% set listed = [] %}
    {% set layout = present.get(opus_folded('mon_layout'), {}).get('columns', {}) %}
    {% if 'object_name' in layout and 'object_type' in layout and 'layout_version' in layout %}
        {% set schema_name = 'schema_name' if 'schema_name' in layout else 'null' %}
        {%- set query -%}
select object_name, object_type, max(layout_version) as layout_version, {{ schema_name }} as schema_name
from {{ _opus_schema() }}.mon_layout
group by object_name, object_type{{ ', schema_name' if 'schema_name' in layout }}
        {%- endset -%}
        {% for row in run_query(query).rows %}
            {% do listed.append({'name': row[0], 'type': row[1], 'layout_version': row[2] | int, 'schema': row[3] or _opus_schema_name()}) %}
        {% endfor %}
    {% endif %}
    {{ return(listed) }}
{% endmacro %}

{# True where mon_layout lists a name in a schema. #}
{% macro _opus_is_listed(listed, schema, name) %}
    {% for entry in listed if opus_folded(entry.name) == opus_folded(name) and opus_folded(entry.schema) == opus_folded(schema) %}
        {{ return(true) }}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}
