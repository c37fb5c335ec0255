{#
    The statement behind opus_groups_base and opus_board_base. cells: CTEs that end with board_cells (record_id,
    record_key, column_id, board_value, is_agreed): the managed cells.
#}
{% macro _opus_structure_base(board, entity, cells) %}
    {{ config(materialized='incremental', unique_key='cell_id', full_refresh=false, as_columnstore=false) }}
    {% set update_type = 'update_boards' if entity == 'board' else 'update_groups' %}
    {% set record = "'" ~ board ~ "'" if entity == 'board' else 'audit.group_id' %}
    {% set kept = _opus_kept_base() %}
    {%- set sql -%}
with

sync_point as (
    select * from {{ ref('mon_sync_point') }} where board = '{{ board }}'
),

{{ cells }},

known_base as (
    {%- if kept is not none %}
    select record_id, column_id, base_value, board_value, as_of_seq from {{ kept }}
    {%- else %}
    select
        {{ opus_text('null') }} as record_id, {{ opus_text('null') }} as column_id, {{ opus_text('null') }} as base_value,
        {{ opus_text('null') }} as board_value, {{ opus_try_cast('null', 'bigint') }} as as_of_seq
    where 1 = 0
    {%- endif %}
),

writes_since as (
    select
        {{ record }} as record_id,
        audit.column_id,
        audit.new_value,
        row_number() over (partition by audit.group_id, audit.column_id order by audit.seq desc) as newest_first
    from {{ source('opus', 'mon_update_audit_log') }} as audit
    left join known_base
        on known_base.record_id = {{ record }}
        and audit.column_id = known_base.column_id
    where audit.board = '{{ board }}'
        and audit.update_type = '{{ update_type }}'
        and (known_base.record_id is null or audit.seq > known_base.as_of_seq)
),

settled as (
    select
        board_cells.record_id,
        board_cells.record_key,
        board_cells.column_id,
        coalesce(board_cells.board_value, '') as board_value,
        known_base.base_value as known_value,
        known_base.board_value as known_board_value,
        case
            when board_cells.is_agreed = 1 then coalesce(board_cells.board_value, '')
            when writes_since.record_id is not null then coalesce(writes_since.new_value, '')
            else coalesce(known_base.base_value, board_cells.board_value, '')
        end as base_value
    from board_cells
    left join known_base
        on board_cells.record_id = known_base.record_id
        and board_cells.column_id = known_base.column_id
    left join writes_since
        on board_cells.record_id = writes_since.record_id
        and board_cells.column_id = writes_since.column_id
        and writes_since.newest_first = 1
)

select
    concat(settled.record_id, ':', settled.column_id) as cell_id,
    '{{ board }}' as board,
    '{{ entity }}' as entity,
    settled.record_id,
    settled.record_key,
    settled.column_id,
    settled.base_value,
    settled.board_value,
    case when settled.base_value <> {{ opus_exact('settled.board_value') }} then 1 else 0 end as is_edited,
    sync_point.as_of_seq
from settled
cross join sync_point
{%- if kept == this %}
where settled.known_value is null
    or settled.base_value <> {{ opus_exact('settled.known_value') }}
    or settled.board_value <> {{ opus_exact('settled.known_board_value') }}
{%- endif %}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
