{# The CTE wanted_parents: the items that a subitem may hang on: those on the board and those about to be created. #}
{% macro _opus_wanted_parents(staged_parents) %}
    {%- set sql -%}
new_parents as (
    select
        record_key,
        max(customer_batch) as customer_batch,
        max(case when validation_status = 'VALID' and hold_reason is null then 1 else 0 end) as is_sendable
    from {{ staged_parents }}
    where update_operation = 'CREATE'
    group by record_key
),

wanted_parents as (
    select
        record_key,
        max(item_id) as item_id,
        max(customer_batch) as customer_batch,
        1 as is_sendable,
        count(*) as repeats
    from parent_keys
    where record_key is not null
    group by record_key
    union all
    select record_key, null, customer_batch, is_sendable, 1
    from new_parents
    where record_key not in (select record_key from parent_keys where record_key is not null)
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
