{# The CTE fields: what the contract says of each managed column, as rows; an item's group is one, too. #}
{% macro _opus_fields_table(entity, fields) %}
    {% set selects = [] %}
    {% for field in fields if field.managed %}
        {% do selects.append("select " ~ [
            opus_literal(field.id) ~ " as column_id", opus_literal(field.name) ~ " as title",
            opus_literal(field.type) ~ " as column_type", opus_literal(field.kind) ~ " as kind",
            opus_literal(field.on_conflict) ~ " as on_conflict",
            (1 if field.create_labels else 0) ~ " as create_labels", loop.index ~ " as position",
        ] | join(", ")) %}
    {% endfor %}
    {% if entity == 'items' %}
        {% do selects.append("select '$group' as column_id, 'Group' as title, 'group' as column_type, 'group' as kind, 'flag' as on_conflict, 0 as create_labels, 0 as position") %}
    {% endif %}
    {% if not selects %}
        {% do selects.append("select '' as column_id, '' as title, '' as column_type, '' as kind, '' as on_conflict, 0 as create_labels, 0 as position where 1 = 0") %}
    {% endif %}
    {{ return("fields as (\n    " ~ selects | join("\n    union all\n    ") ~ "\n)") }}
{% endmacro %}
