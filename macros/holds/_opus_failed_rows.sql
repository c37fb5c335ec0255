{#
    The CTEs to failed_rows: staged rows whose last outcome is FAILED, with the extract that they were built on.
    operation_events: the relation of mon_operation_event.
#}
{% macro _opus_failed_rows(operation_events) %}
    {%- set sql -%}
outcomes as (
    select
        board, stg_id, operation_id, event, seq,
        row_number() over (partition by board, stg_id order by seq desc) as newest_first
    from {{ operation_events }}
    where event in ('SUCCEEDED', 'FAILED', 'NOT_APPLIED', 'SUPERSEDED', 'CONFLICT')
),

failures as (
    select
        outcomes.board,
        outcomes.stg_id,
        outcomes.seq,
        -- The staged row stands with SENT, or with FAILED where it was never sent.
        {{ opus_json_get('events.staged_row', 'extract_id') }} as extract_id
    from outcomes
    left join {{ operation_events }} as events
        on outcomes.board = events.board
        and outcomes.operation_id = events.operation_id
    where outcomes.newest_first = 1
        and outcomes.event = 'FAILED'
),

failed_rows as (
    select board, stg_id, seq, max(extract_id) as extract_id
    from failures
    group by board, stg_id, seq
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
