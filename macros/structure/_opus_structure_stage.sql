{#
    The statement behind opus_staged_groups and opus_staged_board. operations: CTEs that end with found, a row a
    mutation: update_operation, record_key, group_id, item_name, column_id (the one cell that an UPDATE or a MOVE
    changes), update_fields, old_fields, identity_fields (what its stg_id goes by), new_value and board_value of that
    cell, row_errors, push_order (the order of rows that depend on each other).
#}
{% macro _opus_structure_stage(contract, entity, on_conflict, base, desired, operations) %}
    {{ config(materialized='table', as_columnstore=false) }}
    {% set update_type = 'update_boards' if entity == 'board' else 'update_groups' %}
    {% set nothing = opus_text('null') %}
    {%- set sql -%}
with

sync_point as (
    select * from {{ ref('mon_sync_point') }} where board = '{{ contract.board }}'
),

holds as (
    select *
    from {{ ref('mon_holds') }}
    where board = '{{ contract.board }}'
        and (update_type is null or update_type = '{{ update_type }}')
),

{{ operations }},

operations as (
    select
        found.*,
        {{ nothing }} as customer_batch,
        {{ opus_hash(opus_concat_ws([
            "'" ~ contract.board ~ "'", "'" ~ update_type ~ "'", 'update_operation', "coalesce(record_key, '')",
            "coalesce(group_id, '')", 'identity_fields', "case when row_errors is null then '' else row_errors end",
        ], '|')) }} as stg_id
    from found
),

edited as (
    select record_id, column_id, base_value, board_value
    from {{ base }}
    where is_edited = 1
),

edited_cells as (
    select record_id as group_id, column_id as member, board_value as member_value
    from edited
),

fields as (
    select column_id, '{{ on_conflict }}' as on_conflict
    from edited
    group by column_id
),

cells as (
    select
        operations.stg_id, operations.column_id, operations.new_value, operations.board_value,
        '{{ on_conflict }}' as on_conflict,
        case
            when operations.update_operation = 'MOVE' then case when exists (select 1 from edited where edited.column_id = '$position') then 1 else 0 end
            when edited.record_id is null then 0
            else 1
        end as is_edited
    from operations
    left join edited
        on edited.record_id = {{ "'" ~ contract.board ~ "'" if entity == 'board' else 'operations.group_id' }}
        and operations.column_id = edited.column_id
    where operations.column_id is not null
),

sent_cells as (
    select * from cells where not (is_edited = 1 and on_conflict = 'keep')
),

kept_cells as (
    select stg_id from cells where is_edited = 1 and on_conflict = 'keep'
),

{{ _opus_row_holds('group_id', 'group_id') }}

select
    operations.stg_id,
    '{{ contract.board }}' as board,
    '{{ update_type }}' as update_type,
    operations.update_operation,
    operations.record_key,
    {{ nothing }} as parent_key,
    sync_point.monday_board_id,
    {{ opus_try_cast('null', 'bigint') }} as monday_item_id,
    {{ opus_try_cast('null', 'bigint') }} as parent_item_id,
    operations.group_id,
    operations.item_name,
    {{ opus_json_text('operations.update_fields') }} as update_fields,
    {{ opus_json_text('operations.old_fields') }} as old_fields,
    '{{ desired.identifier | replace('__dbt__cte__', '') }}' as source_table,
    {{ opus_literal('select * from ' ~ desired) }} as source_query,
    '{{ invocation_id }}' as update_batch_id,
    operations.customer_batch,
    sync_point.extract_id,
    sync_point.as_of_seq,
    case when operations.row_errors is null then 'VALID' else 'INVALID' end as validation_status,
    {{ opus_json_text("case when operations.row_errors is not null then concat('[', operations.row_errors, ']') end") }} as validation_errors,
    row_holds.hold_reason,
    {{ nothing }} as group_key,
    operations.push_order
from operations
cross join sync_point
left join row_holds on operations.stg_id = row_holds.stg_id
left join kept_cells on operations.stg_id = kept_cells.stg_id
where kept_cells.stg_id is null
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
