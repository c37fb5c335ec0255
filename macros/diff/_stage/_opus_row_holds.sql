{#
    The CTE row_holds: why a row is held back, the weightiest reason first. A hold is a pattern in mon_holds: it meets a
    row where all that it names agree. A later RELEASE of the record key (or of one of its cells) lets the row through.
    record: the column of operations and edited_cells that tells records apart; held: that of holds.
#}
{% macro _opus_row_holds(record='item_id', held='monday_item_id') %}
    {%- set sql -%}
releases as (
    select record_key, column_id, value, seq from holds where hold_reason = 'RELEASED'
),

causes as (
    select operations.stg_id, operations.record_key, holds.column_id, holds.hold_reason, holds.seq
    from operations
    inner join holds
        on holds.hold_reason in ('HELD', 'FAILED_BEFORE', 'ROLLED_BACK', 'CONFLICT')
        and (holds.stg_id is null or holds.stg_id = operations.stg_id)
        and (holds.batch_key is null or holds.batch_key = {{ opus_exact('operations.customer_batch') }})
        and (holds.record_key is null or holds.record_key = {{ opus_exact('operations.record_key') }})
        and holds.column_id is null
    union all
    select operations.stg_id, operations.record_key, holds.column_id, holds.hold_reason, holds.seq
    from operations
    inner join sent_cells on operations.stg_id = sent_cells.stg_id
    inner join holds
        on holds.hold_reason in ('HELD', 'ROLLED_BACK')
        and holds.column_id = sent_cells.column_id
        and (holds.record_key is null or holds.record_key = {{ opus_exact('operations.record_key') }})
        and (holds.{{ held }} is null or holds.{{ held }} = operations.{{ record }})
        and (holds.hold_reason = 'HELD' or coalesce(holds.value, '') = {{ opus_exact("coalesce(sent_cells.new_value, '')") }})
    union all
    select operations.stg_id, operations.record_key, sent_cells.column_id, 'CONFLICT', 0
    from operations
    inner join sent_cells on operations.stg_id = sent_cells.stg_id
    where sent_cells.is_edited = 1
        and sent_cells.on_conflict = 'flag'
        and not exists (
            select 1
            from releases
            where releases.record_key = {{ opus_exact('operations.record_key') }}
                and (releases.column_id is null or releases.column_id = sent_cells.column_id)
                and coalesce(releases.value, '') = {{ opus_exact("coalesce(sent_cells.board_value, '')") }}
                and releases.value is not null
        )
    union all
    -- What somebody edited is not taken away either.
    select operations.stg_id, operations.record_key, edited_cells.member, 'CONFLICT', 0
    from operations
    inner join edited_cells on operations.{{ record }} = edited_cells.{{ record }}
    inner join fields on edited_cells.member = fields.column_id
    where operations.update_operation in ('ARCHIVE', 'DELETE')
        and fields.on_conflict = 'flag'
        and not exists (
            select 1
            from releases
            where releases.record_key = {{ opus_exact('operations.record_key') }}
                and (releases.column_id is null or releases.column_id = edited_cells.member)
                and coalesce(releases.value, '') = {{ opus_exact("coalesce(edited_cells.member_value, '')") }}
                and releases.value is not null
        )
),

causes_in_force as (
    select causes.*
    from causes
    -- A drifted cell is released over the value that it holds, a record as such.
    where causes.seq = 0
        or not exists (
            select 1
            from releases
            where releases.record_key = {{ opus_exact('causes.record_key') }}
                and (releases.column_id is null or releases.column_id = causes.column_id)
                and releases.seq > causes.seq
        )
),

row_holds as (
    select
        stg_id,
        case min(case hold_reason when 'HELD' then 1 when 'ROLLED_BACK' then 2 when 'CONFLICT' then 3 else 4 end)
            when 1 then 'HELD'
            when 2 then 'ROLLED_BACK'
            when 3 then 'CONFLICT'
            else 'FAILED_BEFORE'
        end as hold_reason
    from causes_in_force
    group by stg_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
