{#
    Lists the models of ours that are about to be built. An object of such a name that is neither listed nor of an earlier
    build of ours is somebody else's and stops the run, as does one of the names that dbt builds under: adapters rename
    and drop what bears a model's name. found: see _opus_found; selected: unique ids.
#}
{% macro _opus_claim(found, selected) %}
    {% set places = _opus_unlisted_places(found.listed, selected) %}
    {% do _opus_refuse_foreign(_opus_foreign_models(found, places)) %}
    {% for place in places %}{% do run_query(_opus_list(place.name, 'model', place.listed_schema)) %}{% endfor %}
{% endmacro %}
