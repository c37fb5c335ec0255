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
        max(staged_row) as staged_row
    from {{ operation_events }}
    group by board, operation_id
    having max(case when event <> 'SENT' then 1 else 0 end) = 1
),

record_outcomes as (
    select
        board,
        event,
        seq,
        {{ opus_json_get('staged_row', 'record_key') }} as record_key,
        row_number() over (
            partition by board, {{ opus_json_get('staged_row', 'record_key') }} order by seq desc
        ) as newest_first
    from ended_operations
    where event in ('SUCCEEDED', 'SUPERSEDED')
),

overtaken_records as (
    select board, record_key, seq
    from record_outcomes
    where newest_first = 1
        and event = 'SUPERSEDED'
        and record_key is not null
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
