{#
    What staging and the base of a board share: the CTEs claims (the desired rows; a board has one) and paired (each
    cell that is wanted, with what the board holds; '' stands for an empty description).
#}
{% macro _opus_board_pairing(current, desired) %}
    {% set columns = _opus_structure_columns(desired, ['name', 'description']) %}
    {% set description = opus_text(columns.get('description', 'null')) %}
    {%- set sql -%}
claims as (
    select
        {{ opus_canonical('text', columns.get('name', 'null')) }} as name,
        case when {{ description }} is not null then coalesce({{ opus_canonical('text', columns.get('description', 'null')) }}, '') end as description
    from {{ desired }}
),

paired as (
    select 'name' as column_id, claims.name as wanted_value, board.name as board_value, 1 as push_order
    from claims
    cross join {{ current }} as board
    where claims.name is not null
        and (select count(*) from claims) = 1
    union all
    select 'description', claims.description, board.description, 2
    from claims
    cross join {{ current }} as board
    where claims.description is not null
        and (select count(*) from claims) = 1
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
