{#
    The last name and description on which a board and the desired side agreed, a row a cell: see opus_base.
    board: name of the contract; current: ref('mon_<board>_board'); desired: the desired board.
#}
{% macro opus_board_base(board, current, desired) %}
    {%- set cells -%}
{{ _opus_board_pairing(current, desired) }},

board_cells as (
    select
        '{{ board }}' as record_id, '{{ board }}' as record_key, column_id, board_value,
        case when wanted_value = {{ opus_exact("coalesce(board_value, '')") }} then 1 else 0 end as is_agreed
    from paired
)
    {%- endset -%}
    {{ return(_opus_structure_base(board, 'board', cells)) }}
{% endmacro %}
