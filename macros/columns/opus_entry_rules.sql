{#
    What an entry of a list must be: rows of [kind, code, condition that is true where the rule is broken, message,
    status]. They speak of entries.entry, entries.column_type, entries.create_labels, label, known (the person, team or
    tag) and target_item.
#}
{% macro opus_entry_rules() %}
    {% set entry = 'entries.entry' %}
    {% set shown = "concat('''', " ~ opus_head(entry, 60) ~ ", '''')" %}
    {{ return([
        ['labels', 'unknown_label', 'label.value_id is null and entries.create_labels = 0', "concat(" ~ shown ~ ", ' is not a label of this column')", 'INVALID'],
        ['labels', 'inactive_label', 'label.is_active = 0', "concat('the label ', " ~ shown ~ ", ' is deactivated')", 'INVALID'],
        ['people', 'unknown_person', "known.value_id is null and " ~ entry ~ " not like 'agent-%'", "concat(replace(" ~ shown ~ ", 'person-', ''), ' is no person or team of the account')", 'INVALID'],
        ['people', 'inactive_person', 'known.is_active = 0', "concat(coalesce(known.value, " ~ shown ~ "), ' is no active user')", 'INVALID'],
        ['tags', 'unknown_tag', 'known.value_id is null', "concat(" ~ shown ~ ", ' is no tag of the account')", 'INVALID'],
        ['relation', 'ambiguous_item', 'target_item.entries > 1', "concat(" ~ opus_text('target_item.entries') ~ ", ' items of the connected boards go by ', " ~ shown ~ ")", 'INVALID'],
        ['relation', 'unknown_item', 'target_item.entry is null and entries.is_target_extracted = 1', "concat('no active item of the connected boards has the id or the key ', " ~ shown ~ ")", 'INVALID'],
        ['relation', 'board_not_extracted', 'target_item.entry is null and entries.is_target_extracted = 0', "concat('a connected board has no extract to look for ', " ~ shown ~ ", ' in')", 'PENDING'],
    ]) }}
{% endmacro %}
