{#
    The CTEs up to staging_rows: the rows staged now with the last sending of each, and the last row sent of each record
    and kind of operation that is staged no more. A sending that came to nothing (a conflict, or not applied) counts
    only while its row is staged.
#}
{% macro _opus_staging_rows(entity, staged) %}
    {% set texts = _opus_staged_texts() %}
    {% set numbers = _opus_staged_numbers() %}
    {% set members = {} %}
    {% for name in texts + numbers %}{% do members.update({name: 'row_' ~ name}) %}{% endfor %}
    {% set sent = ['stg_id', 'batch_id', 'status', 'monday_item_id', 'error_message', 'sent_at', 'status_at', 'seq'] %}
    {%- set sql -%}
last_sent as (
    select *
    from (
        select
            operations.*,
            row_number() over (partition by stg_id order by seq desc) as newest_first
        from operations
        where update_type = 'update_{{ entity }}'
    ) as ranked
    where newest_first = 1
),

last_of_record as (
    select *
    from (
        select
            last_sent.*,
            row_number() over (
                partition by update_operation, {{ opus_exact(_opus_record()) }} order by seq desc
            ) as newest_of_record
        from last_sent
        where status in ('SUCCEEDED', 'FAILED', 'OPEN')
    ) as ranked
    where newest_of_record = 1
        and not exists (
            select 1
            from {{ staged }} as staged
            where staged.update_operation = ranked.update_operation
                and {{ _opus_record('staged.') }} = {{ opus_exact(_opus_record('ranked.')) }}
        )
),

sent_rows as (
    {{ opus_json_read('last_of_record', 'staged_row', sent, members) | indent(4) }}
),

staging_rows as (
    select
        staged.stg_id,
        {%- for name in texts + numbers %}
        staged.{{ name }},
        {%- endfor %}
        coalesce(staged.monday_item_id, last_sent.monday_item_id) as item_id,
        last_sent.batch_id,
        last_sent.status,
        last_sent.error_message,
        last_sent.sent_at,
        last_sent.status_at,
        last_sent.seq
    from {{ staged }} as staged
    left join last_sent
        on staged.stg_id = last_sent.stg_id
        -- What went through before this build is wanted once more.
        and not (last_sent.status = 'SUCCEEDED' and last_sent.seq <= staged.as_of_seq)
    union all
    select
        stg_id,
        {%- for name in texts %}
        row_{{ name }},
        {%- endfor %}
        {%- for name in numbers %}
        {{ opus_try_cast('row_' ~ name, 'bigint') }},
        {%- endfor %}
        monday_item_id,
        batch_id,
        status,
        error_message,
        sent_at,
        status_at,
        seq
    from sent_rows
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# What tells one record of a board from another: its key, else its item. #}
{% macro _opus_record(prefix='') %}
    {{ return("coalesce(" ~ prefix ~ "record_key, concat('id:', " ~ opus_text(prefix ~ 'monday_item_id') ~ "))") }}
{% endmacro %}

{# The columns of a staged row that the house's tables show, and that mon_operation_event keeps of it as JSON. #}
{% macro _opus_staged_texts() %}
    {{ return([
        'update_operation', 'record_key', 'parent_key', 'group_id', 'item_name', 'update_fields', 'source_table',
        'source_query', 'update_batch_id', 'customer_batch', 'validation_status', 'validation_errors',
    ]) }}
{% endmacro %}

{% macro _opus_staged_numbers() %}{{ return(['monday_board_id', 'parent_item_id']) }}{% endmacro %}
