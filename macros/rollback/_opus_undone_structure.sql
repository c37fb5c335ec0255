{#
    The CTE undone_structure: how changes of groups and boards are undone, a row an operation. A move goes back behind
    the group that stood before it, the last one first, where nobody has moved the group since.
#}
{% macro _opus_undone_structure() %}
    {% set rules = [
        ['cannot_be_undone', "update_operation = 'ARCHIVE'", "'monday has no way to restore an archived group through its API; restore it by hand in monday'"],
        ['group_gone', 'is_on_board = 0', "'the group is no longer on the board'"],
        ['written_later', 'newest_first > 1', "'it was written again later'"],
        ['edited_since', "coalesce(board_value, '') <> " ~ opus_exact("coalesce(new_value, '')"), "'the board no longer holds what was written'"],
        ['predecessor_gone', "update_operation = 'MOVE' and predecessor is null", "'the group that stood before it is no longer on the board'"],
    ] %}
    {%- set sql -%}
structure_moves as (
    select
        writes.board, writes.operation_id,
        max(case when writes.column_id = '$after' then writes.old_value end) as old_after,
        max(case when writes.column_id = '$after' then writes.new_value end) as new_after
    from structure_writes as writes
    where writes.update_operation = 'MOVE'
    group by writes.board, writes.operation_id
),

structure_changes as (
    select writes.*, moves.old_after, groups.group_id as predecessor
    from structure_writes as writes
    left join structure_moves as moves
        on writes.board = moves.board
        and writes.operation_id = moves.operation_id
    left join groups
        on writes.board = groups.board
        and moves.old_after = groups.group_id
    where writes.update_operation <> 'CREATE'
        and writes.is_undone = 0
        and (
            writes.update_operation <> 'MOVE' and coalesce(writes.old_value, '') <> {{ opus_exact("coalesce(writes.new_value, '')") }}
            -- Where a group stands is told by its position.
            or writes.column_id = '$position' and coalesce(moves.old_after, '') <> {{ opus_exact("coalesce(moves.new_after, '')") }}
        )
),

judged_structure as (
    select
        structure_changes.*,
        case
            {%- for code, condition, message in rules %}
            when {{ condition }} then '{{ code }}'
            {%- endfor %}
        end as code
    from structure_changes
),

explained_structure as (
    select
        judged_structure.*,
        case code
            {%- for code, condition, message in rules %}
            when '{{ code }}' then {{ message }}
            {%- endfor %}
        end as message
    from judged_structure
),

undone_structure as (
    select
        board, batch_id, operation_id, update_type,
        case when update_operation = 'MOVE' then 'MOVE' else 'UPDATE' end as update_operation,
        monday_board_id,
        {{ opus_try_cast('null', 'bigint') }} as monday_item_id,
        {{ opus_try_cast('null', 'bigint') }} as parent_item_id,
        group_id,
        case
            when update_operation = 'MOVE' then {{ _opus_json_object({'$after': 'old_after'}) }}
            else concat('{', {{ opus_json_quote('column_id') }}, ':', {{ opus_json_quote('old_value') }}, '}')
        end as update_fields,
        concat('{', {{ opus_json_quote('column_id') }}, ':', {{ opus_json_quote('new_value') }}, '}') as old_fields,
        case when code is null then 'VALID' else 'INVALID' end as validation_status,
        case when code is not null then {{ _opus_error_json("case when column_id not like '$%' then column_id end", 'code', 'message') }} end as problems,
        cast(-seq as {{ opus_type('int') }}) as push_order
    from explained_structure
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
