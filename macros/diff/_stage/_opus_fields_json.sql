{#
    The changed cells of a row as a JSON object, column id -> canonical text or null (an explicit wish to clear).
    side: new (what is wanted) or old (what the board holds; empty for a new item).
#}
{% macro _opus_fields_json(managed, side) %}
    {% set parts = [] %}
    {% for field in managed %}
        {% set changed = "update_operation = 'UPDATE' and " ~ _opus_differs(field) %}
        {% set value = "nullif(" ~ field.alias ~ ", '')" if side == 'new' else "board_" ~ field.alias %}
        {% if side == 'new' and field.id != 'name' and field.on_create %}
            {% set blank = "'', 'false'" if field.kind == 'checkbox' else "''" %}
            {% set changed = changed ~ " or update_operation = 'CREATE' and " ~ field.alias ~ " not in (" ~ blank ~ ")" %}
        {% endif %}
        {% do parts.append("case when " ~ changed ~ " then concat('" ~ '"' ~ field.id ~ '":' ~ "', " ~ opus_json_quote(value) ~ ") end") %}
    {% endfor %}
    {% if not parts %}{{ return("'{}'") }}{% endif %}
    {{ return("concat('{', " ~ opus_concat_ws(parts, ',') ~ ", '}')") }}
{% endmacro %}
