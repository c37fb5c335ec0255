{#
    The columns of a desired model of groups or of a board: lower-case name -> SQL identifier. known: those that it may
    have; another one stops the run.
#}
{% macro _opus_structure_columns(relation, known) %}
    {% set pushed = [] %}
    {% for name in known %}{% do pushed.append({'name': name, 'direction': 'push'}) %}{% endfor %}
    {% set found = {} %}
    {% set unknown = [] %}
    {% for name in opus_desired_columns(relation, {'entity': 'structure', 'columns': pushed}) %}
        {% if name | lower not in known %}{% do unknown.append(name) %}{% endif %}
        {% do found.update({name | lower: opus_identifier(name)}) %}
    {% endfor %}
    {% if unknown %}
        {{ exceptions.raise_compiler_error(relation.identifier ~ " has columns that mean nothing there: " ~ unknown | join(', ') ~ ". It may have " ~ known | join(', ') ~ ".") }}
    {% endif %}
    {{ return(found) }}
{% endmacro %}
