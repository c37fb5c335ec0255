{#
    What a cell must be, by kind: rows of [kind, code, condition that is true where the rule is broken, message].
    A code stands in one rule only. Conditions and messages speak of cells.new_value (canonical text), cells.settings (of the column, JSON), label
    (the matching row of the board's labels) and first_day (of the account's week). The first broken rule of a cell counts.
#}
{% macro opus_cell_rules() %}
    {% set value = 'cells.new_value' %}
    {% set shown = "concat('''', " ~ opus_head(value, 60) ~ ", '''')" %}
    {% set number = opus_try_cast(value, 'decimal') %}
    {% set digits = opus_only_has(value, '0123456789') %}
    {% set limit = "coalesce(" ~ opus_try_cast(opus_json_get('cells.settings', 'limit'), 'int') ~ ", 5)" %}
    {% set rules = [
        ['name', 'name_too_long', opus_length(value) ~ ' > 255', "concat('the name has ', " ~ opus_text(opus_length(value)) ~ ", ' characters; monday takes 255')"],
        ['long_text', 'text_too_long', opus_length(value) ~ ' > 2000', "concat('the text has ', " ~ opus_text(opus_length(value)) ~ ", ' characters; monday takes 2000')"],
        ['number', 'not_a_number', number ~ ' is null', "concat(" ~ shown ~ ", ' is not a number')"],
        ['rating', 'not_a_rating', 'not (' ~ digits ~ ') or ' ~ opus_length(value) ~ ' > 2', "concat(" ~ shown ~ ", ' is not a whole number')"],
        ['rating', 'rating_out_of_range', number ~ ' not between 1 and ' ~ limit, "concat(" ~ value ~ ", ' is not within 1 and ', " ~ opus_text(limit) ~ ")"],
        ['checkbox', 'not_a_boolean', value ~ " not in ('true', 'false')", "concat(" ~ shown ~ ", ' is neither true nor false')"],
        ['date', 'not_a_date', opus_try_cast(value, 'timestamp') ~ ' is null', "concat(" ~ shown ~ ", ' is not a date')"],
        ['zone', 'unknown_timezone', 'not ' ~ opus_in_list(value, opus_time_zones()), "concat(" ~ shown ~ ", ' is not a time zone such as Europe/London')"],
        ['country', 'unknown_country', 'not ' ~ opus_in_list(value, opus_country_codes()), "concat(" ~ shown ~ ", ' is not an ISO country code such as US')"],
        ['color', 'not_a_color', opus_length(value) ~ " <> 7 or not " ~ opus_only_has("substring(" ~ value ~ ", 2, 6)", '0123456789ABCDEF'), "concat(" ~ shown ~ ", ' is not a color such as #FF5733')"],
    ] %}
    {% do rules.extend(_opus_label_rules(value, shown, digits)) %}
    {% do rules.extend(_opus_time_rules(value, shown)) %}
    {% do rules.extend(_opus_composite_rules(value, shown)) %}
    {{ return(rules) }}
{% endmacro %}
