{# The rules of hours, timelines and weeks: see opus_cell_rules. #}
{% macro _opus_time_rules(value, shown) %}
    {% set hour = opus_try_cast(opus_json_get(value, 'hour'), 'int') %}
    {% set minute = opus_try_cast(opus_json_get(value, 'minute'), 'int') %}
    {% set rules = [
        ['hour', 'not_a_time', 'coalesce(' ~ hour ~ ', -1) not between 0 and 23 or coalesce(' ~ minute ~ ', -1) not between 0 and 59', "concat(" ~ shown ~ ", ' is not a time such as 16:42')"],
    ] %}
    {% for kind, first, last in [('timeline', 'from', 'to'), ('week', 'startDate', 'endDate')] %}
        {% set begins = opus_try_cast(opus_json_get(value, first), 'date') %}
        {% set ends = opus_try_cast(opus_json_get(value, last), 'date') %}
        {% do rules.extend([
            [kind, 'not_a_period', begins ~ ' is null or ' ~ ends ~ ' is null', "concat(" ~ shown ~ ", ' is not a period such as 2026-03-01/2026-03-15')"],
            [kind, 'ends_before_start', ends ~ ' < ' ~ begins, "concat(" ~ shown ~ ", ' ends before it starts')"],
        ]) %}
        {% if kind == 'week' %}
            {% do rules.append([kind, 'not_a_week', opus_add_days(begins, 6) ~ ' <> ' ~ ends ~ ' or ' ~ opus_weekday(begins) ~ " <> " ~ opus_lower("coalesce(first_day.settings, 'monday')"), "concat(" ~ shown ~ ", ' is not seven days from the first weekday of the account, ', coalesce(first_day.settings, 'monday'))"]) %}
        {% endif %}
    {% endfor %}
    {{ return(rules) }}
{% endmacro %}
