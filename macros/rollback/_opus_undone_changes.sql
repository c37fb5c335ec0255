{#
    The CTEs from writes to undone_changes: how updates, moves, archives and deletes are undone. An operation of which
    some cells can go back and some cannot gives two rows, a VALID one and an INVALID one.
#}
{% macro _opus_undone_changes() %}
    {% set rules = _opus_undo_rules() %}
    {%- set sql -%}
judged_writes as (
    select
        writes.*,
        case
            {%- for code, condition, message in rules %}
            when {{ condition }} then '{{ code }}'
            {%- endfor %}
        end as code
    from writes
    left join metadata as active_group
        on active_group.kind = 'group'
        and active_group.is_active = 1
        and active_group.board = writes.board
        and active_group.monday_board_id = writes.monday_board_id
        and active_group.value_id = writes.old_value
    where writes.update_operation <> 'CREATE'
        and writes.is_undone = 0
        and coalesce(writes.old_value, '') <> {{ opus_exact("coalesce(writes.new_value, '')") }}
),

explained_writes as (
    select
        judged_writes.*,
        case when code is null then 'VALID' else 'INVALID' end as validation_status,
        case code
            {%- for code, condition, message in rules %}
            when '{{ code }}' then {{ message }}
            {%- endfor %}
        end as message
    from judged_writes
),

undone_changes as (
    select
        board, batch_id, operation_id, update_type,
        case when update_operation = 'MOVE' then 'MOVE' else 'UPDATE' end as update_operation,
        monday_board_id, monday_item_id, parent_item_id,
        max(case when column_id = '$group' then old_value end) as group_id,
        {{ _opus_cells_object('old_value') }} as update_fields,
        {{ _opus_cells_object('new_value') }} as old_fields,
        validation_status,
        coalesce(
            -- Said once, not for each cell.
            max(case when code = 'item_gone' then {{ _opus_error_json('null', 'code', 'message') }} end),
            {{ opus_list_agg("case when code is not null then " ~ _opus_error_json("case when column_id not like '$%' then coalesce(title, column_id) end", 'code', 'message') ~ " end", ',', opus_exact('column_id')) }}
        ) as problems,
        {{ opus_try_cast('null', 'int') }} as push_order
    from explained_writes
    group by
        board, batch_id, operation_id, update_type, update_operation, monday_board_id, monday_item_id, parent_item_id,
        validation_status
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# Why a cell cannot go back: rows of [code, condition, message]; the first that holds counts. #}
{% macro _opus_undo_rules() %}
    {{ return([
        ['cannot_be_undone', "writes.update_operation in ('ARCHIVE', 'DELETE')", "case update_operation when 'ARCHIVE' then 'monday has no way to restore an archived item through its API; restore it by hand in monday' else 'monday has no way to restore a deleted item through its API; restore it by hand in monday' end"],
        ['item_gone', 'writes.is_on_board = 0', "'the item is no longer on the board'"],
        ['column_gone', "writes.column_is_active = 0 and writes.column_id <> 'name' and writes.column_id not like '$%'", "'the board no longer has this column'"],
        ['written_later', 'writes.newest_first > 1', "'it was written again later'"],
        ['edited_since', "coalesce(writes.board_value, '') <> " ~ opus_exact("coalesce(writes.new_value, '')"), "'the board no longer holds what was written'"],
        ['group_gone', "writes.column_id = '$group' and active_group.value_id is null", "'the board no longer has the group that the item came from'"],
    ]) }}
{% endmacro %}

{# The JSON object of the cells of a group of rows, column_id -> the given expression. #}
{% macro _opus_cells_object(value) %}
    {% set cell = "concat(" ~ opus_json_quote('column_id') ~ ", ':', " ~ opus_json_quote(value) ~ ")" %}
    {{ return("concat('{', " ~ opus_list_agg(cell, ',', opus_exact('column_id')) ~ ", '}')") }}
{% endmacro %}
