{#
    The objects that stand at the names of unlisted models, or at the names dbt builds those under, and that no earlier
    build of ours made: {database, schema, name, type}. Routines are none: no build replaces one. found: see _opus_found; places: see _opus_unlisted_places.
#}
{% macro _opus_foreign_models(found, places) %}
    {% set foreign = [] %}
    {% set schemas = {} %}
    {% for place in places %}
        {% if place.listed_schema not in schemas %}
            {% do schemas.update({place.listed_schema: _opus_present(place.schema, place.database)}) %}
        {% endif %}
        {% for folded, object in schemas[place.listed_schema].items() if object.type not in ['function', 'procedure'] and _opus_takes(place.name, folded) %}
            {% do foreign.append({'database': place.database, 'schema': place.schema, 'name': object.name, 'type': object.type, 'relation': place.relation}) %}
        {% endfor %}
    {% endfor %}
    {% set built = _opus_built_relations(found) if foreign else [] %}
    {{ return(foreign | rejectattr('relation', 'in', built) | list) }}
{% endmacro %}

{# True where building a model of that name replaces the object: its own name, or one that dbt builds it under. #}
{% macro _opus_takes(name, folded) %}
    {{ return(folded == opus_folded(name) or (folded.startswith(opus_folded(name) ~ '__dbt_') and not folded.endswith(_opus_kept_suffix()))) }}
{% endmacro %}

{# The relations that builds of ours made, by mon_build_event: all that projects have from before models were listed. #}
{% macro _opus_built_relations(found) %}
    {% if not _opus_is_listed(found.listed, _opus_schema_name(), 'mon_build_event') %}{{ return([]) }}{% endif %}
    {{ return(run_query("select distinct relation_name from " ~ found.schema ~ ".mon_build_event where node_type = 'model' and status = 'success'").columns[0].values() | list) }}
{% endmacro %}
