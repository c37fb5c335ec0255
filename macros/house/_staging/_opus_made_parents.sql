{#
    The CTE made_parents: the staged or sent row that makes an item, by the item's key. A subitem of an item that was
    there before has none.
#}
{% macro _opus_made_parents(staged_parents) %}
    {%- set sql -%}
sent_parents as (
    select
        record_key,
        stg_id,
        monday_item_id,
        seq,
        row_number() over (partition by {{ opus_exact('record_key') }} order by seq desc) as newest_first
    from operations
    where update_type = 'update_items'
        and update_operation = 'CREATE'
        and status in ('SUCCEEDED', 'FAILED', 'OPEN')
),

made_parents as (
    select
        coalesce(staged.record_key, sent_parents.record_key) as record_key,
        coalesce(staged.stg_id, sent_parents.stg_id) as stg_id,
        -- One that was made before this build is gone, for it is to be made again.
        case
            when staged.as_of_seq is null or sent_parents.seq > staged.as_of_seq then sent_parents.monday_item_id
        end as item_id
    from (
        select min(record_key) as record_key, max(stg_id) as stg_id, max(as_of_seq) as as_of_seq
        from {{ staged_parents }}
        where update_operation = 'CREATE' and record_key is not null
        group by {{ opus_exact('record_key') }}
    ) as staged
    full outer join (select * from sent_parents where newest_first = 1) as sent_parents
        on staged.record_key = {{ opus_exact('sent_parents.record_key') }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
