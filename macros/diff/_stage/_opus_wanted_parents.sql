{# The CTE wanted_parents: the items that a subitem may hang on: those on the board and those about to be created. #}
{% macro _opus_wanted_parents(staged_parents) %}
    {%- set sql -%}
new_parents as (
    select
        min(record_key) as record_key,
        max(customer_batch) as customer_batch,
        max(
            case
                when validation_status = 'INVALID' then 'invalid'
                when validation_status = 'PENDING' or hold_reason is not null then 'waits'
                else 'ready'
            end
        ) as parent_state
    from {{ staged_parents }}
    where update_operation = 'CREATE'
    group by {{ opus_exact('record_key') }}
),

wanted_parents as (
    select
        min(record_key) as record_key,
        max(item_id) as item_id,
        max(customer_batch) as customer_batch,
        'ready' as parent_state,
        count(*) as repeats
    from parent_keys
    where record_key is not null
    group by {{ opus_exact('record_key') }}
    union all
    select record_key, null, customer_batch, parent_state, 1
    from new_parents
    where not exists (
        select 1
        from parent_keys
        where parent_keys.record_key = {{ opus_exact('new_parents.record_key') }}
    )
        and record_key is not null
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
