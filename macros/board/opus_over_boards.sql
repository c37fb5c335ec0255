{#
    One select over the models of all boards in the var opus_boards (board -> entities), '' where there is none.
    model: staged or base; columns: SQL expressions of the select list; where: condition; entities: those that count.
#}
{% macro opus_over_boards(model, columns, where='1 = 1', entities=['items', 'subitems', 'groups', 'board']) %}
    {% set selects = [] %}
    {% for board, listed in var('opus_boards', {}).items() %}
        {% for entity in listed if entity in entities %}
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
