{#
    The CTE structure_writes: every write to a group or to a board itself, with what stands there now, whether it was
    undone and whether it is the last one.
    audit_log: the relation of mon_update_audit_log; reads the CTEs groups and boards.
#}
{% macro _opus_structure_writes(audit_log) %}
    {%- set sql -%}
structure_audit as (
    select
        audit_log.*,
        row_number() over (partition by board, update_type, group_id, column_id order by seq desc) as newest_first
    from {{ audit_log }} as audit_log
    where update_type in ('update_groups', 'update_boards')
),

structure_taken_back as (
    select
        board, rollback_of as audit_id,
        max(case when newest_first = 1 or column_id = '$state' then 1 else 0 end) as is_undone
    from structure_audit
    where rollback_of is not null
    group by board, rollback_of
),

structure_cells as (
    {%- for column_id, value in {'title': 'title', 'color': 'color', '$position': 'position', '$state': "'active'"}.items() %}
    select board, 'update_groups' as update_type, group_id, '{{ column_id }}' as column_id, {{ opus_text(value) }} as board_value from groups
    union all
    {%- endfor %}
    select board, 'update_boards', '', 'name', {{ opus_text('name') }} from boards
    union all
    select board, 'update_boards', '', 'description', {{ opus_text('description') }} from boards
),

structure_writes as (
    select
        audit.board, audit.seq, audit.batch_id, audit.operation_id, audit.update_type, audit.update_operation,
        audit.monday_board_id, audit.group_id, audit.column_id, audit.old_value, audit.new_value, audit.newest_first,
        cells.board_value,
        case when audit.update_type = 'update_boards' or groups.group_id is not null then 1 else 0 end as is_on_board,
        coalesce(taken_back.is_undone, 0) as is_undone
    from structure_audit as audit
    left join structure_taken_back as taken_back
        on audit.board = taken_back.board
        and audit.audit_id = taken_back.audit_id
    left join groups
        on audit.board = groups.board
        and audit.group_id = groups.group_id
    left join structure_cells as cells
        on audit.board = cells.board
        and audit.update_type = cells.update_type
        and coalesce(audit.group_id, '') = cells.group_id
        and audit.column_id = cells.column_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
