{# The places of our models that mon_layout does not list; selected: unique ids, none for all models. See _opus_place. #}
{% macro _opus_unlisted_places(listed, selected=none) %}
    {% set places = [] %}
    {% for node in _opus_our_models() if selected is none or node.unique_id in selected %}
        {% set place = _opus_place(node) %}
        {% if not _opus_is_listed(listed, place.listed_schema, place.name) %}{% do places.append(place) %}{% endif %}
    {% endfor %}
    {{ return(places) }}
{% endmacro %}
