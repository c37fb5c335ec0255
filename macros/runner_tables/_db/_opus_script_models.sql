{# Statements of a script that list the models of ours; an object of their names that is not ours ends the script. #}
{% macro _opus_script_models(places) %}
    {% set statements = [] %}
    {% for schema, group in places | groupby('schema', case_sensitive=true) %}
        {% do statements.append(_opus_script_refuse_foreign(schema, group | map(attribute='name') | list, group | map(attribute='relation') | list)) %}
        {% for place in group %}{% do statements.append(_opus_script_list(place.name, 'model', schema)) %}{% endfor %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}
