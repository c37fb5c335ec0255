{#
    The CTEs from the audit log to writes: every cell that was written, with what the board holds there now, whether
    the write was taken back (is_taken_back; is_undone where nothing was written since) and whether it is the last one.
    audit_log: the relation of mon_update_audit_log; reads the CTEs items and metadata.
#}
{% macro _opus_writes(audit_log) %}
    {% set writable = [] %}
    {% for type, facts in opus_column_types().items() if facts.write %}{% do writable.append(type) %}{% endfor %}
    {%- set sql -%}
board_columns as (
    select
        board, monday_board_id, column_id, is_active,
        value as title,
        case when {{ opus_in_list('column_type', writable) }} then is_active else 0 end as is_writable,
        -- A box has no third state: it is never empty.
        case when column_type = 'checkbox' then 'false' end as blank
    from metadata
    where kind = 'column'
),

audit as (
    select
        audit_log.*,
        row_number() over (partition by board, monday_item_id, column_id order by seq desc) as newest_first
    from {{ audit_log }} as audit_log
    where monday_item_id is not null
),

taken_back as (
    select
        board, rollback_of as audit_id,
        -- What was archived to undo a create stays undone, whatever happened to the item later.
        max(case when newest_first = 1 or column_id = '$state' then 1 else 0 end) as is_undone
    from audit
    where rollback_of is not null
    group by board, rollback_of
),

written_items as (
    select items.*
    from items
    inner join (select distinct board, monday_item_id from audit) as written
        on items.board = written.board
        and items.monday_item_id = written.monday_item_id
),

board_cells as (
    {{ opus_json_each('written_items', 'column_values', ['board', 'monday_item_id']) | indent(4) }}
    union all
    select board, monday_item_id, 'name', item_name from written_items
    union all
    select board, monday_item_id, '$group', group_id from written_items
    union all
    select board, monday_item_id, '$parent', {{ opus_text('parent_item_id') }} from written_items
    union all
    select board, monday_item_id, '$state', 'active' from written_items
),

writes as (
    select
        audit.board, audit.seq, audit.batch_id, audit.operation_id, audit.update_type, audit.update_operation,
        audit.monday_board_id, audit.monday_item_id, audit.parent_item_id, audit.column_id, audit.newest_first,
        audit.rollback_of,
        case when audit.column_id = 'name' then 'Title' else board_columns.title end as title,
        coalesce(board_columns.is_active, 0) as column_is_active,
        coalesce(audit.old_value, board_columns.blank) as old_value,
        coalesce(audit.new_value, board_columns.blank) as new_value,
        coalesce(board_cells.member_value, board_columns.blank) as board_value,
        case when written_items.monday_item_id is null then 0 else 1 end as is_on_board,
        case when taken_back.audit_id is null then 0 else 1 end as is_taken_back,
        coalesce(taken_back.is_undone, 0) as is_undone
    from audit
    left join taken_back
        on audit.board = taken_back.board
        and audit.audit_id = taken_back.audit_id
    left join board_columns
        on audit.board = board_columns.board
        and audit.monday_board_id = board_columns.monday_board_id
        and audit.column_id = board_columns.column_id
    left join written_items
        on audit.board = written_items.board
        and audit.monday_item_id = written_items.monday_item_id
    left join board_cells
        on audit.board = board_cells.board
        and audit.monday_item_id = board_cells.monday_item_id
        and audit.column_id = board_cells.member
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
