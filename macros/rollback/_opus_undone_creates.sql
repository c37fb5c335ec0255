{#
    The CTEs from writes to undone_creates: an item that was created is archived, but only where nobody has worked on
    it, so that nothing but what its batch wrote goes with it. old_fields holds the whole item, for the runner to read
    again before it archives.
    raw_items: the relation of mon_raw_item, whose rows list every column of the contract.
#}
{% macro _opus_undone_creates(raw_items) %}
    {%- set sql -%}
creates as (
    select
        board, batch_id, operation_id, update_type, monday_board_id, monday_item_id, parent_item_id,
        max(is_on_board) as is_on_board,
        max(seq) as seq
    from writes
    where update_operation = 'CREATE'
    group by board, batch_id, operation_id, update_type, monday_board_id, monday_item_id, parent_item_id
    having max(case when column_id = '$state' then is_undone else 0 end) = 0
),

samples as (
    select sync_point.board, raw_items.monday_board_id, min(raw_items.monday_item_id) as monday_item_id
    from {{ raw_items }} as raw_items
    inner join sync_point on raw_items.extract_id = sync_point.extract_id
    group by sync_point.board, raw_items.monday_board_id
),

sample_items as (
    select samples.board, samples.monday_board_id, raw_items.column_values
    from samples
    inner join sync_point on samples.board = sync_point.board
    inner join {{ raw_items }} as raw_items
        on sync_point.extract_id = raw_items.extract_id
        and samples.monday_item_id = raw_items.monday_item_id
),

sample_cells as (
    {{ opus_json_each('sample_items', 'column_values', ['board', 'monday_board_id']) | indent(4) }}
),

claimed_cells as (
    select board, operation_id, column_id, title, new_value
    from writes
    where update_operation = 'CREATE'
    union all
    -- What was not written must be empty.
    select creates.board, creates.operation_id, board_columns.column_id, board_columns.title, board_columns.blank
    from creates
    inner join sample_cells
        on creates.board = sample_cells.board
        and creates.monday_board_id = sample_cells.monday_board_id
    inner join board_columns
        on sample_cells.board = board_columns.board
        and sample_cells.monday_board_id = board_columns.monday_board_id
        and sample_cells.member = board_columns.column_id
        and board_columns.is_writable = 1
),

expected_cells as (
    select board, operation_id, column_id, max(title) as title, max(new_value) as new_value
    from claimed_cells
    group by board, operation_id, column_id
),

held_cells as (
    select
        expected_cells.*,
        coalesce(board_cells.member_value, board_columns.blank) as board_value
    from expected_cells
    inner join creates
        on expected_cells.board = creates.board
        and expected_cells.operation_id = creates.operation_id
    left join board_columns
        on creates.board = board_columns.board
        and creates.monday_board_id = board_columns.monday_board_id
        and expected_cells.column_id = board_columns.column_id
    left join board_cells
        on creates.board = board_cells.board
        and creates.monday_item_id = board_cells.monday_item_id
        and expected_cells.column_id = board_cells.member
),

{{ _opus_create_verdicts() }},

undone_creates as (
    select
        board, batch_id, operation_id, update_type,
        'ARCHIVE' as update_operation,
        monday_board_id, monday_item_id, parent_item_id,
        {{ opus_text('null') }} as group_id,
        '{"$state":"archived"}' as update_fields,
        concat('{', cells, case when update_type = 'update_items' then ',"$subitems":null' end, '}') as old_fields,
        case when message is null then 'VALID' else 'INVALID' end as validation_status,
        case
            when message is not null then {{ _opus_error_json('title', "case when is_on_board = 0 then 'item_gone' else 'worked_on' end", 'message') }}
        end as problems,
        {{ opus_try_cast('null', 'int') }} as push_order
    from explained_creates
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The CTEs from creates and held_cells to explained_creates: why an item must stay, in message. #}
{% macro _opus_create_verdicts() %}
    {% set cell = "concat(" ~ opus_json_quote('column_id') ~ ", ':', " ~ opus_json_quote('board_value') ~ ")" %}
    {%- set sql -%}
create_cells as (
    select
        board,
        operation_id,
        max(case when coalesce(board_value, '') <> {{ opus_exact("coalesce(new_value, '')") }} then 1 else 0 end) as is_edited,
        min(case when coalesce(board_value, '') <> {{ opus_exact("coalesce(new_value, '')") }} then title end) as title,
        -- A subitem stays with its parent.
        {{ opus_list_agg("case when column_id <> '$parent' then " ~ cell ~ " end", ',', opus_exact('column_id')) }} as cells
    from held_cells
    group by board, operation_id
),

later_writes as (
    -- What other batches wrote and took back again is nobody's work.
    select distinct creates.board, creates.operation_id
    from creates
    inner join writes
        on creates.board = writes.board
        and creates.monday_item_id = writes.monday_item_id
        and creates.seq < writes.seq
        and creates.batch_id <> writes.batch_id
    where writes.rollback_of is null
        and writes.is_taken_back = 0
),

judged_creates as (
    select
        creates.*,
        create_cells.cells,
        case when creates.is_on_board = 1 and later_writes.operation_id is null then create_cells.title end as title,
        case
            when creates.is_on_board = 0 then 'the item is no longer on the board'
            when later_writes.operation_id is not null then 'another batch has written to the item since it was created'
            when create_cells.is_edited = 1 then 'somebody has worked on the item since it was created'
        end as own_message
    from creates
    inner join create_cells
        on creates.board = create_cells.board
        and creates.operation_id = create_cells.operation_id
    left join later_writes
        on creates.board = later_writes.board
        and creates.operation_id = later_writes.operation_id
),

parents_in_use as (
    select distinct creates.board, creates.operation_id
    from creates
    inner join items as subitems
        on creates.board = subitems.board
        and creates.monday_item_id = subitems.parent_item_id
    left join judged_creates as untouched
        on subitems.board = untouched.board
        and subitems.monday_item_id = untouched.monday_item_id
        and creates.batch_id = untouched.batch_id
        and untouched.own_message is null
    where untouched.operation_id is null
),

explained_creates as (
    select
        judged_creates.*,
        coalesce(
            judged_creates.own_message,
            case when parents_in_use.operation_id is not null then 'the item has a subitem that must stay' end
        ) as message
    from judged_creates
    left join parents_in_use
        on judged_creates.board = parents_in_use.board
        and judged_creates.operation_id = parents_in_use.operation_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
