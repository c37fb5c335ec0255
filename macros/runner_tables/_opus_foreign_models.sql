{#
    The objects that stand at the names of unlisted models, or at the names dbt builds those under, and that no earlier
    build of ours made; places: see _opus_unlisted_places.
#}
{% macro _opus_foreign_models(places) %}
    {% set foreign = [] %}
    {% set schemas = {} %}
    {% for place in places %}
        {% if place.schema not in schemas %}
            {% do schemas.update({place.schema: _opus_present(place.own_schema, place.database)}) %}
        {% endif %}
        {% for folded, object in schemas[place.schema].items() %}
            {% if folded == opus_folded(place.name) or folded.startswith(opus_folded(place.name) ~ '__dbt_') %}
                {% do foreign.append({'schema': place.schema, 'name': object.name, 'type': object.type, 'relation': place.relation}) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% set built = _opus_built_relations() if foreign else [] %}
    {{ return(foreign | rejectattr('relation', 'in', built) | list) }}
{% endmacro %}

{# The relations that builds of ours made, by mon_build_event; projects from before models were listed have only these. #}
{% macro _opus_built_relations() %}
    {{ return(run_query("select distinct relation_name from " ~ _opus_schema() ~ ".mon_build_event where node_type = 'model' and status = 'success'").columns[0].values() | list) }}
{% endmacro %}
