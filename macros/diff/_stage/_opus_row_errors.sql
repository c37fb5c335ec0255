{# What is wrong with a row as a whole, as comma-joined JSON objects; NULL where nothing is. #}
{% macro _opus_row_errors(entity) %}
    {% set rules = [
        ['repeated_key', 'paired.claim_repeats > 1', "concat('the key stands ', " ~ opus_text('paired.claim_repeats') ~ ", ' times among the desired rows, or differs only in case or outer space')"],
        ['repeated_on_board', 'paired.board_repeats > 1', "concat('the key stands ', " ~ opus_text('paired.board_repeats') ~ ", ' times on the board, or differs only in case or outer space')"],
        ['key_differs_in_case', 'paired.match_id = 0 and paired.board_record_key <> ' ~ opus_exact('paired.record_key'), "concat('the board has the key ', paired.board_record_key, ', which differs only in case or outer space')"],
        ['unknown_item', 'paired.match_id <> 0 and paired.board_item_id is null', "concat('the board has no active item with the id ', " ~ opus_text('paired.match_id') ~ ")"],
        ['not_on_board', "paired.is_primary = 0 and paired.match_id = 0 and paired.board_item_id is null and paired.board_repeats is null", "'no item on the board has this key, and only the primary desired model creates items'"],
        ['claimed_twice', 'paired.clashes is not null', "concat('models claim different values: ', paired.sources, '; columns: ', paired.clashes)"],
        ['unknown_group', 'paired.group_id is not null and wanted_group.value_id is null', "concat('the board has no group with the id ', paired.group_id)"],
    ] %}
    {% if entity == 'items' %}
        {% do rules.extend([
            ['group_named_twice', 'paired.group_id <> ' ~ opus_exact('group_titles.group_id'), "concat('group_id names another group than the title ', paired.group_title)"],
            ['unknown_group_title', 'paired.group_id is null and paired.group_title is not null and titled.title is null', "concat('no group on the board, or more than one, has the title ', paired.group_title, ', and none is being created')"],
            ['group_waits', "titled.group_state = 'waits'", "concat('the group ', paired.group_title, ' is itself held or invalid')"],
        ]) %}
    {% endif %}
    {% if entity == 'subitems' %}
        {% do rules.extend([
            ['unknown_parent', 'paired.board_item_id is null and wanted_parents.record_key is null', "concat('no item on the board has the key ', paired.parent_key, ', and none is being created')"],
            ['repeated_parent', 'paired.board_item_id is null and wanted_parents.repeats > 1', "concat('the key of the parent stands ', " ~ opus_text('wanted_parents.repeats') ~ ", ' times on the board')"],
            ['parent_invalid', "paired.board_item_id is null and wanted_parents.parent_state = 'invalid'", "concat('the new item ', paired.parent_key, ' is itself invalid')"],
            ['parent_waits', "paired.board_item_id is null and wanted_parents.parent_state = 'waits'", "concat('the new item ', paired.parent_key, ' is itself held or pending')"],
        ]) %}
    {% endif %}
    {% set parts = [] %}
    {% for code, condition, message in rules %}
        {% do parts.append("case when " ~ condition ~ " then " ~ _opus_error_json('null', "'" ~ code ~ "'", message) ~ " end") %}
    {% endfor %}
    {{ return("nullif(" ~ opus_concat_ws(parts, ',') ~ ", '')") }}
{% endmacro %}

{# One entry of validation_errors; column, code and message are SQL expressions. #}
{% macro _opus_error_json(column, code, message) %}
    {{ return(_opus_json_object({'column': column, 'code': code, 'message': message})) }}
{% endmacro %}

{# True where a row is wrong as such; one that only waits for its parent or its group is PENDING, and that rule stands last. #}
{% macro _opus_row_is_wrong() %}
    {% set waits = [] %}
    {% for code in ['parent_waits', 'group_waits'] %}
        {% do waits.append("operations.row_errors not like '{" ~ '"column":null,"code":"' ~ code ~ '"' ~ "%'") %}
    {% endfor %}
    {{ return("(operations.row_errors is not null and " ~ waits | join(' and ') ~ ")") }}
{% endmacro %}
