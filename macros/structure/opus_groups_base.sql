{#
    The last values on which a board's groups and the desired side agreed, a row a cell: see opus_base.
    board: name of the contract; current: ref('mon_<board>_groups'); desired: the desired groups.
#}
{% macro opus_groups_base(board, current, desired) %}
    {% set contract = opus_contract(board) %}
    {%- set cells -%}
{{ _opus_group_pairing(contract, current, desired) }},

board_cells as (
    select
        board_group_id as record_id, record_key, 'title' as column_id, board_title as board_value,
        case when title = {{ opus_exact('board_title') }} then 1 else 0 end as is_agreed
    from paired
    where board_group_id is not null
        and desired_id is not null
        and title is not null
    union all
    select
        board_group_id, record_key, 'color', board_color,
        case when color = {{ opus_exact('board_color') }} then 1 else 0 end
    from paired
    where board_group_id is not null
        and color is not null
    union all
    -- Whoever drags one group undoes the order of all: they are in step together.
    select
        ordered.group_id, ordered.record_key, '$position', board_groups.position,
        case when exists (select 1 from ahead) then 0 else 1 end
    from ordered
    inner join board_groups on ordered.group_id = board_groups.group_id
)
    {%- endset -%}
    {{ return(_opus_structure_base(board, 'groups', cells)) }}
{% endmacro %}
