{#
    The error table of a board's items as the house knows it: a row a mutation that failed for good.
    board: name of the contract; errors: ref('err_mon_updates'); current: ref('mon_<board>').
#}
{% macro opus_err_items(board, errors, current) %}
    {{ config(materialized='view', persist_docs={'relation': true, 'columns': true}) }}
    {%- set sql -%}
with

errors as (
    select * from {{ errors }} where board = '{{ board }}' and update_type = 'update_items'
),

failed_rows as (
    {{ opus_json_read('errors', 'original_data', _opus_error_columns(), {
        'customer_batch': 'customer_batch', 'item_name': 'item_name', 'update_fields': 'update_fields',
    }) | indent(4) }}
)

select
    failed_rows.err_id,
    failed_rows.original_stg_id,
    failed_rows.batch_id,
    failed_rows.customer_batch,
    failed_rows.record_key as order_number,
    coalesce(
        {{ opus_json_get('failed_rows.update_fields', 'name') }}, failed_rows.item_name, current_rows.{{ opus_identifier('Title') }}
    ) as item_name,
    failed_rows.api_payload,
    failed_rows.error_type,
    failed_rows.error_message,
    failed_rows.retry_count,
    failed_rows.created_date,
    failed_rows.original_data,
    failed_rows.status
from failed_rows
left join {{ current }} as current_rows on failed_rows.monday_item_id = current_rows.{{ opus_identifier('Item ID') }}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# What the error tables of a board take over from err_mon_updates. #}
{% macro _opus_error_columns() %}
    {{ return([
        'err_id', 'original_stg_id', 'batch_id', 'record_key', 'monday_item_id', 'api_payload', 'error_type',
        'error_message', 'retry_count', 'created_date', 'original_data', 'status',
    ]) }}
{% endmacro %}
