{# The final select: staged rows with all their columns, in order. #}
{% macro _opus_staged_rows(contract, entity, desired) %}
    {%- set board_id = 'sync_point.monday_board_id' -%}
    {%- set sql -%}
select
    operations.stg_id,
    '{{ contract.board }}' as board,
    'update_{{ entity }}' as update_type,
    operations.update_operation,
    operations.record_key,
    operations.parent_key,
    {% if entity == 'items' -%}
    sync_point.monday_board_id,
    {%- else -%}
    coalesce(operations.subitem_board_id, subitem_board.monday_board_id) as monday_board_id,
    {%- endif %}
    operations.item_id as monday_item_id,
    operations.parent_item_id,
    operations.group_id,
    operations.item_name,
    {{ opus_json_text('coalesce(narrowed.update_fields, operations.update_fields)') }} as update_fields,
    {{ opus_json_text('coalesce(narrowed.old_fields, operations.old_fields)') }} as old_fields,
    operations.sources as source_table,
    {{ _opus_source_query(desired) | indent(4) }} as source_query,
    '{{ invocation_id }}' as update_batch_id,
    operations.customer_batch,
    sync_point.extract_id,
    sync_point.as_of_seq,
    case
        when {{ _opus_row_is_wrong() }} or row_problems.is_invalid = 1 or {{ _opus_bad_name() }} then 'INVALID'
        when operations.row_errors is not null or row_problems.stg_id is not null then 'PENDING'
        else 'VALID'
    end as validation_status,
    {{ opus_json_text("nullif(concat('[', " ~ opus_concat_ws([
        'operations.row_errors',
        "case when " ~ _opus_bad_name() ~ " then " ~ _opus_error_json("'Title'", "'name_length'", "concat('the name has ', " ~ opus_text("coalesce(" ~ opus_length('operations.item_name') ~ ", 0)") ~ ", ' characters; monday takes 1 to 255')") ~ " end",
        'row_problems.problem_list',
    ], ',') ~ ", ']'), '[]')") }} as validation_errors,
    row_holds.hold_reason,
    operations.group_key,
    {{ opus_try_cast('null', 'int') }} as push_order
from operations
cross join sync_point
{%- if entity == 'subitems' %}
left join (
    select max(monday_board_id) as monday_board_id from metadata where kind = 'board' and entity = 'subitems'
) as subitem_board on 1 = 1
{%- endif %}
left join narrowed on operations.stg_id = narrowed.stg_id
left join row_problems on operations.stg_id = row_problems.stg_id
left join row_holds on operations.stg_id = row_holds.stg_id
left join dropped on operations.stg_id = dropped.stg_id
where coalesce(dropped.cells_left, 1) > 0
    or operations.row_errors is not null
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# True where a new item would get a name that monday refuses. #}
{% macro _opus_bad_name() %}
    {{ return("(operations.update_operation = 'CREATE' and operations.record_key is not null and (operations.item_name is null or " ~ opus_length('operations.item_name') ~ " > 255))") }}
{% endmacro %}

{# A query a person can run to see the desired row behind a staged one; it is read, never executed. #}
{% macro _opus_source_query(desired) %}
    {% set cases = [] %}
    {% for relation in desired %}
        {% do cases.append("when operations.sources like '" ~ (relation.identifier | replace('__dbt__cte__', '')) ~ "%' then " ~ opus_literal('select * from ' ~ relation)) %}
    {% endfor %}
    {{ return("case " ~ cases | join(' ') ~ " end") }}
{% endmacro %}
