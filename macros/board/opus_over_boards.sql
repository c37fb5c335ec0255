{#
    One select over the models of all boards in the var opus_boards (board -> entities); without any it has no rows.
    model: staged or base; columns: names of the select list; where: condition; entities: those that count.
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
    {% if not selects %}
        {% set typed = [] %}
        {% for column in columns %}
            {% do typed.append(opus_try_cast('null', 'bigint' if column == 'monday_item_id' else 'text') ~ ' as ' ~ column) %}
        {% endfor %}
        {{ return('select ' ~ typed | join(', ') ~ '\n    where 1 = 0') }}
    {% endif %}
    {{ return(selects | join('\n    union all\n    ')) }}
{% endmacro %}
