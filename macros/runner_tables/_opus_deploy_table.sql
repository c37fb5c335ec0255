{#
    Creates a table, or adds the columns that it lacks. relation: its full name; columns: column -> kind; present: the
    names of the columns it has, none where there is no table.
#}
{% macro _opus_deploy_table(relation, columns, present=none) %}
    {% set missing = [] %}
    {% for column, kind in columns.items() if column not in (present or []) %}
        {% do missing.append(opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {% if present is none %}
        {% do run_query('create table ' ~ relation ~ ' (' ~ missing | join(', ') ~ ')') %}
    {% else %}
        {# One column a statement and no word `column`: the form that every warehouse takes. #}
        {% for definition in missing %}
            {% do run_query('alter table ' ~ relation ~ ' add ' ~ definition) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
