{#
    The CTE overtaken_records: records of which the last operation ended SUPERSEDED. Somebody changed them before it was
    known what became of our write, so that neither what was last in step nor what they did can be told apart from it.
    operation_events: the relation of mon_operation_event.
#}
{% macro _opus_overtaken_records(operation_events) %}
    {%- set sql -%}
ended_operations as (
    select
        board,
        operation_id,
        max(case when event <> 'SENT' then event end) as event,
        max(case when event <> 'SENT' then seq end) as seq,
        max(case when event = 'SENT' then seq end) as sent_seq,
        max(staged_row) as staged_row
    from {{ operation_events }}
    group by board, operation_id
    having max(case when event <> 'SENT' then 1 else 0 end) = 1
),

record_operations as (
    select board, event, seq, sent_seq, {{ opus_json_get('staged_row', 'record_key') }} as record_key
    from ended_operations
    where event in ('SUCCEEDED', 'SUPERSEDED')
),

overtaken as (
    select board, min(record_key) as record_key, max(seq) as seq
    from record_operations
    where event = 'SUPERSEDED'
        and record_key is not null
    group by board, {{ opus_exact('record_key') }}
),

overtaken_records as (
    -- What was sent after that and written brings them in step again.
    select overtaken.board, min(overtaken.record_key) as record_key, overtaken.seq
    from overtaken
    left join record_operations as later
        on overtaken.board = later.board
        and overtaken.record_key = {{ opus_exact('later.record_key') }}
        and overtaken.seq < later.sent_seq
        and later.event = 'SUCCEEDED'
    group by overtaken.board, {{ opus_exact('overtaken.record_key') }}, overtaken.seq
    having max(later.seq) is null
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
