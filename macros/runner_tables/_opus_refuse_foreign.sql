{# Refuses where there are objects of our names that are not ours: they are named, with the way out. #}
{% macro _opus_refuse_foreign(foreign) %}
    {% if foreign %}
        {% set names = [] %}
        {% for object in foreign %}{% do names.append(opus_identifier(object.schema) ~ '.' ~ opus_identifier(object.name) ~ ' (' ~ object.type ~ ')') %}{% endfor %}
        {% do _opus_refuse(names | join(', ') ~ (' exist and were' if foreign | length > 1 else ' exists and was') ~ " not made by opus-sync: nothing was changed. `opus-sync db adopt` shows what they would be renamed to, and renames them with --confirm; or give opus-sync other names: the var opus_schema, the models' schema or alias.") %}
    {% endif %}
{% endmacro %}
