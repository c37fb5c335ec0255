{# The rules of a status cell: see opus_cell_rules. #}
{% macro _opus_label_rules(value, shown, digits) %}
    {{ return([
        ['status', 'unknown_label', 'label.value_id is null and cells.create_labels = 0', "concat(" ~ shown ~ ", ' is not a label of this column')"],
        ['status', 'inactive_label', 'label.is_active = 0', "concat('the label ', " ~ shown ~ ", ' is deactivated')"],
        ['status', 'digits_label', 'label.value_id is null and ' ~ digits, "concat(" ~ shown ~ ", ' is a new label of digits only; monday would take it for an id')"],
        ['status', 'label_too_long', 'label.value_id is null and ' ~ opus_length(value) ~ ' > 30', "concat(" ~ shown ~ ", ' is longer than the 30 characters of a label')"],
    ]) }}
{% endmacro %}
