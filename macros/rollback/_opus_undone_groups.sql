{#
    The CTE undone_groups: a group that was created is archived, but only where nobody has worked on it, nothing lies
    in it but what the same undoing takes out, and another group stays.
#}
{% macro _opus_undone_groups() %}
    {%- set sql -%}
created_groups as (
    select
        board, batch_id, operation_id, monday_board_id, group_id,
        max(is_on_board) as is_on_board,
        max(case when column_id = 'title' then board_value end) as title,
        max(case when column_id = 'color' then board_value end) as color,
        max(
            case
                when column_id in ('title', 'color') and new_value is not null
                    and coalesce(board_value, '') <> {{ opus_exact('new_value') }}
                    then 1
                else 0
            end
        ) as is_edited
    from structure_writes
    where update_operation = 'CREATE'
    group by board, batch_id, operation_id, monday_board_id, group_id
    having max(case when column_id = '$state' then is_undone else 0 end) = 0
),

taken_out as (
    select board, batch_id, monday_item_id
    from undone_changes
    where update_operation = 'MOVE'
        and validation_status = 'VALID'
    union all
    select board, batch_id, monday_item_id
    from undone_creates
    where validation_status = 'VALID'
),

groups_in_use as (
    select created_groups.board, created_groups.operation_id, count(*) as items
    from created_groups
    inner join items
        on created_groups.board = items.board
        and created_groups.group_id = items.group_id
        and items.parent_item_id is null
    left join taken_out
        on created_groups.board = taken_out.board
        and created_groups.batch_id = taken_out.batch_id
        and items.monday_item_id = taken_out.monday_item_id
    where taken_out.monday_item_id is null
    group by created_groups.board, created_groups.operation_id
),

other_groups as (
    select batches.board, batches.batch_id, count(*) as groups_left
    from (select distinct board, batch_id from created_groups) as batches
    inner join groups on batches.board = groups.board
    left join created_groups as own
        on batches.board = own.board
        and batches.batch_id = own.batch_id
        and groups.group_id = own.group_id
    where own.group_id is null
    group by batches.board, batches.batch_id
),

judged_groups as (
    select
        created_groups.*,
        case
            when created_groups.is_on_board = 0 then 'the group is no longer on the board'
            when created_groups.is_edited = 1 then 'somebody has worked on the group since it was created'
            when groups_in_use.items > 0 then 'items lie in the group that must stay'
            when other_groups.groups_left is null then 'it would be the last group of the board'
        end as message
    from created_groups
    left join groups_in_use
        on created_groups.board = groups_in_use.board
        and created_groups.operation_id = groups_in_use.operation_id
    left join other_groups
        on created_groups.board = other_groups.board
        and created_groups.batch_id = other_groups.batch_id
),

undone_groups as (
    select
        board, batch_id, operation_id,
        'update_groups' as update_type,
        'ARCHIVE' as update_operation,
        monday_board_id,
        {{ opus_try_cast('null', 'bigint') }} as monday_item_id,
        {{ opus_try_cast('null', 'bigint') }} as parent_item_id,
        group_id,
        '{"$state":"archived"}' as update_fields,
        {{ _opus_json_object({'$state': "'active'", 'title': 'title', 'color': 'color', '$items': "'[]'"}) }} as old_fields,
        case when message is null then 'VALID' else 'INVALID' end as validation_status,
        case
            when message is not null then {{ _opus_error_json('null', "case when is_on_board = 0 then 'group_gone' else 'worked_on' end", 'message') }}
        end as problems,
        {{ opus_try_cast('null', 'int') }} as push_order
    from judged_groups
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
