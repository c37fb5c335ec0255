{#
    One select over the models of all boards in the var opus_boards (board -> entities).
    model: staged or base; columns: SQL expressions of the select list; where: condition.
#}
{% macro opus_over_boards(model, columns, where='1 = 1') %}
    {% set selects = [] %}
    {% for board, entities in var('opus_boards', {}).items() %}
        {% for entity in entities %}
            {% if model == 'staged' %}
                {% set relation = ref('staged_' ~ board ~ '_' ~ entity) %}
            {% else %}
                {% set relation = ref('mon_' ~ board ~ ('_base' if entity == 'items' else '_' ~ entity ~ '_base')) %}
            {% endif %}
            {% do selects.append('select ' ~ columns | join(', ') ~ '\n    from ' ~ relation ~ '\n    where ' ~ where) %}
        {% endfor %}
    {% endfor %}
    {{ return(selects | join('\n    union all\n    ')) }}
{% endmacro %}
