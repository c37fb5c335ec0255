{#
    The staged rows of a board's own name and description: an UPDATE for each that differs.
    board: name of the contract; current: ref('mon_<board>_board'); base: ref('mon_<board>_board_base');
    desired: ref('desired_<board>_board'), which has one row.
#}
{% macro opus_staged_board(board, current, base, desired) %}
    {% set contract = opus_contract(board) %}
    {% set own = contract.get('facts') or {'on_conflict': 'flag'} %}
    {% set nothing = opus_text('null') %}
    {%- set operations -%}
{{ _opus_board_pairing(current, desired) }},

found as (
    {%- for column_id in ['name', 'description'] %}
    select
        'UPDATE' as update_operation, '{{ board }}' as record_key, {{ nothing }} as group_id, {{ nothing }} as item_name, column_id,
        {{ _opus_json_object({column_id: "nullif(wanted_value, '')"}) }} as update_fields,
        {{ _opus_json_object({column_id: 'board_value'}) }} as old_fields,
        {{ _opus_json_object({column_id: "nullif(wanted_value, '')"}) }} as identity_fields,
        nullif(wanted_value, '') as new_value,
        board_value,
        case
            when column_id = 'name' and {{ opus_length('wanted_value') }} > 255
                then {{ _opus_error_json("'name'", "'name_length'", "concat('the name has ', " ~ opus_text(opus_length('wanted_value')) ~ ", ' characters; monday takes 1 to 255')") }}
        end as row_errors,
        push_order
    from paired
    where column_id = '{{ column_id }}'
        and wanted_value <> {{ opus_exact("coalesce(board_value, '')") }}
    union all
    {%- endfor %}
    select
        'UPDATE', '{{ board }}', {{ nothing }}, {{ nothing }}, {{ nothing }}, '{}', '{}', '{}', {{ nothing }}, {{ nothing }},
        {{ _opus_error_json('null', "'repeated_key'", "concat('the desired model has ', " ~ opus_text('count(*)') ~ ", ' rows; a board has one')") }},
        {{ opus_try_cast('null', 'int') }}
    from claims
    having count(*) > 1
)
    {%- endset -%}
    {{ return(_opus_structure_stage(contract, 'board', own.on_conflict, base, desired, operations)) }}
{% endmacro %}
