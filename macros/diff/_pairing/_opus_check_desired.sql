{# Stops the run where a desired model has a column that its board does not take. #}
{% macro _opus_check_desired(model, columns, system, carried) %}
    {% set directions = {} %}
    {% for column in columns %}
        {% do directions.update({column.name | lower: 'missing' if column.get('missing') else column.direction}) %}
    {% endfor %}
    {% set unknown = [] %}
    {% set missing = [] %}
    {% set pulled = [] %}
    {% for name in model['columns'] if name | lower not in system %}
        {% if name | lower not in directions %}
            {% do unknown.append(name) %}
        {% elif directions[name | lower] == 'missing' %}
            {% do missing.append(name) %}
        {% elif directions[name | lower] != 'push' and name | lower not in carried %}
            {% do pulled.append(name) %}
        {% endif %}
    {% endfor %}
    {% if unknown %}
        {{ exceptions.raise_compiler_error(model.name ~ " has columns that the board's contract does not list: " ~ unknown | join(', ') ~ ". Add them to the contract, or take them out of the model.") }}
    {% endif %}
    {% if missing %}
        {{ exceptions.raise_compiler_error(model.name ~ " manages columns that are no longer on the board: " ~ missing | join(', ') ~ ". Take them out of the model, or restore them on the board and take `missing: true` out of the contract.") }}
    {% endif %}
    {% if pulled %}
        {{ exceptions.raise_compiler_error(model.name ~ " manages columns that the contract only pulls: " ~ pulled | join(', ') ~ ". Set `direction: push` on them, or take them out of the model.") }}
    {% endif %}
{% endmacro %}
