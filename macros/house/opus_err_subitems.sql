{#
    The error table of a board's subitems; size_label and order_qty are the columns that the contract names so, else
    those titled Size and Order Qty. board, errors: as in opus_err_items; current: ref('mon_<board>_subitems').
#}
{% macro opus_err_subitems(board, errors, current) %}
    {{ config(materialized='view', persist_docs={'relation': true, 'columns': true}) }}
    {% set own = opus_contract(board).subitems or {'columns': []} %}
    {% set members = {} %}
    {% for name, title in {'size_label': 'Size', 'order_qty': 'Order Qty'}.items() %}
        {% set wanted = (own.get(name) or title) | lower %}
        {% for column in own['columns'] if column.name | lower == wanted %}{% do members.update({column.id: name}) %}{% endfor %}
    {% endfor %}
    {% set found = members.values() | list %}
    {%- set sql -%}
with

errors as (
    select * from {{ errors }} where board = '{{ board }}' and update_type = 'update_subitems'
),

failed_rows as (
    {{ opus_json_read('errors', 'original_data', _opus_error_columns(), {
        'parent_item_id': 'row_parent_item_id', 'parent_key': 'parent_key', 'update_fields': 'update_fields',
    }) | indent(4) }}
),

parents as (
    -- A subitem of an item that the same push made: its row was staged before the item had an id.
    select min(record_key) as record_key, max(monday_item_id) as monday_item_id
    from {{ ref('mon_operation_status') }}
    where board = '{{ board }}'
        and update_type = 'update_items'
        and update_operation = 'CREATE'
        and status = 'SUCCEEDED'
    group by {{ opus_exact('record_key') }}
),

wanted_values as (
    select
        failed_rows.*,
        coalesce(
            {{ opus_try_cast('failed_rows.row_parent_item_id', 'bigint') }}, current_rows.parent_item_id, parents.monday_item_id
        ) as parent_item_id,
        {{ opus_json_merge("coalesce(current_rows.column_values, '{}')", "coalesce(failed_rows.update_fields, '{}')") }} as cells
    from failed_rows
    left join {{ current }} as current_rows on failed_rows.monday_item_id = current_rows.subitem_id
    left join parents on failed_rows.parent_key = {{ opus_exact('parents.record_key') }}
),

wanted_cells as (
    {{ opus_json_read('wanted_values', 'cells', _opus_error_columns() + ['parent_item_id'], members) | indent(4) }}
)

select
    err_id,
    original_stg_id,
    parent_item_id,
    batch_id,
    {{ 'size_label' if 'size_label' in found else opus_text('null') }} as size_label,
    {{ opus_try_cast('order_qty', 'bigint') if 'order_qty' in found else opus_try_cast('null', 'bigint') }} as order_qty,
    api_payload,
    error_type,
    error_message,
    retry_count,
    created_date,
    original_data,
    status
from wanted_cells
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
