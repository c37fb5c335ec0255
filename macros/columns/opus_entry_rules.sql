{#
    What an entry of a list must be: rows of [kind, code, condition that is true where the rule is broken, message,
    status]. They speak of entries.entry, entries.column_type, entries.create_labels, label, known (the person, team or
    tag), target_item and target_board.
#}
{% macro opus_entry_rules() %}
    {% set entry = 'entries.entry' %}
    {% set shown = "concat('''', " ~ opus_head(entry, 60) ~ ", '''')" %}
    {% set digits = opus_only_has(entry, '0123456789') %}
    {{ return([
        ['labels', 'unknown_label', 'label.value_id is null and entries.create_labels = 0', "concat(" ~ shown ~ ", ' is not a label of this column')", 'INVALID'],
        ['labels', 'inactive_label', 'label.is_active = 0', "concat('the label ', " ~ shown ~ ", ' is deactivated')", 'INVALID'],
        ['people', 'unknown_person', "known.value_id is null and " ~ entry ~ " not like 'agent-%'", "concat(replace(" ~ shown ~ ", 'person-', ''), ' is no person or team of the account')", 'INVALID'],
        ['people', 'inactive_person', 'known.is_active = 0', "concat(coalesce(known.value, " ~ shown ~ "), ' is no active user')", 'INVALID'],
        ['tags', 'unknown_tag', 'known.value_id is null', "concat(" ~ shown ~ ", ' is no tag of the account')", 'INVALID'],
        ['relation', 'not_an_item_id', "not " ~ digits, "concat(" ~ shown ~ ", ' is not an item id')", 'INVALID'],
        ['relation', 'unknown_item', 'target_item.item_id is null and entries.is_target_extracted = 1', "concat('no active item of the connected boards has the id ', " ~ entry ~ ")", 'INVALID'],
        ['relation', 'board_not_extracted', 'target_item.item_id is null and entries.is_target_extracted = 0', "concat('the connected board of item ', " ~ entry ~ ", ' has no extract to check it against')", 'PENDING'],
    ]) }}
{% endmacro %}
