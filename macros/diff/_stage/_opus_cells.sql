{#
    The CTEs from operations to cells: each changed cell with what the contract and the board's metadata say of it, and
    whether someone edited it since it was last in step. A cell whose on_conflict is keep, and that was edited, is
    dropped; a row that loses its last cell goes with it.
#}
{% macro _opus_cells(entity, base) %}
    {%- set sql -%}
cell_operations as (
    select stg_id, item_id, update_operation, update_fields, row_errors
    from operations
    where update_operation in ('CREATE', 'UPDATE', 'MOVE')
),

new_cells as (
    {{ opus_json_each('cell_operations', 'update_fields', ['stg_id', 'item_id', 'update_operation']) | indent(4) }}
),

edited_rows as (
    select monday_item_id as item_id, drift_fields
    from {{ base }}
    where drift_fields is not null
),

edited_cells as (
    {{ opus_json_each('edited_rows', 'drift_fields', ['item_id']) | indent(4) }}
),

cells as (
    select
        new_cells.stg_id,
        new_cells.member as column_id,
        new_cells.member_value as new_value,
        edited_cells.member_value as board_value,
        fields.title,
        fields.kind,
        fields.column_type,
        fields.on_conflict,
        fields.create_labels,
        fields.position,
        case when edited_cells.member is null then 0 else 1 end as is_edited,
        column_known.settings,
        column_known.is_active as column_is_active
    from new_cells
    inner join fields on new_cells.member = fields.column_id
    left join edited_cells
        on new_cells.item_id = edited_cells.item_id
        and new_cells.member = edited_cells.member
    left join metadata as column_known
        on column_known.kind = 'column'
        and column_known.entity = '{{ entity }}'
        and column_known.column_id = new_cells.member
),

kept_cells as (
    select * from cells where is_edited = 1 and on_conflict = 'keep'
),

sent_cells as (
    select * from cells where not (is_edited = 1 and on_conflict = 'keep')
),

dropped as (
    select operations.stg_id, count(sent_cells.column_id) as cells_left
    from operations
    inner join (select distinct stg_id from kept_cells) as touched on operations.stg_id = touched.stg_id
    left join sent_cells on operations.stg_id = sent_cells.stg_id
    group by operations.stg_id
),

dropped_rows as (
    select operations.stg_id, operations.old_fields
    from operations
    inner join dropped on operations.stg_id = dropped.stg_id
),

old_cells as (
    {{ opus_json_each('dropped_rows', 'old_fields', ['stg_id']) | indent(4) }}
),

narrowed as (
    select
        sent_cells.stg_id,
        concat('{', {{ _opus_cells_json('sent_cells.new_value') }}, '}') as update_fields,
        concat('{', {{ _opus_cells_json('old_cells.member_value') }}, '}') as old_fields
    from sent_cells
    inner join old_cells
        on sent_cells.stg_id = old_cells.stg_id
        and sent_cells.column_id = old_cells.member
    group by sent_cells.stg_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The members of a JSON object from cells, in the order of the contract. #}
{% macro _opus_cells_json(value) %}
    {% set cell = "concat(" ~ opus_json_quote('sent_cells.column_id') ~ ", ':', " ~ opus_json_quote(value) ~ ")" %}
    {{ return(opus_list_agg(cell, ',', 'sent_cells.position')) }}
{% endmacro %}
