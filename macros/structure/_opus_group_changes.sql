{# The CTEs wrong_groups, new_groups and changed_groups: one row a mutation, the columns of `found` (see _opus_structure_stage). #}
{% macro _opus_group_changes(own) %}
    {% set nothing = opus_text('null') %}
    {% set no_order = opus_try_cast('null', 'int') %}
    {%- set sql -%}
wrong_groups as (
    select
        row_operation as update_operation, record_key, board_group_id as group_id, coalesce(title, board_title) as item_name,
        {{ nothing }} as column_id, '{}' as update_fields, '{}' as old_fields, '{}' as identity_fields,
        {{ nothing }} as new_value, {{ nothing }} as board_value, row_errors, {{ no_order }} as push_order
    from paired
    where row_errors is not null
        {%- if own.on_new != 'create' %}
        and row_operation = 'UPDATE'
        {%- endif %}
    union all
    select
        'CREATE', {{ nothing }}, {{ nothing }}, {{ nothing }}, {{ nothing }}, '{}', '{}', '{}', {{ nothing }}, {{ nothing }},
        {{ _opus_error_json('null', "'no_key'", "case when count(*) = 1 then '1 desired group has neither title nor id' else concat(" ~ opus_text('count(*)') ~ ", ' desired groups have neither title nor id') end") }},
        {{ no_order }}
    from keyed
    where match_key is null
    having count(*) > 0
),

changed_groups as (
    select
        'UPDATE' as update_operation, record_key, board_group_id as group_id, title as item_name, 'title' as column_id,
        {{ _opus_json_object({'title': 'title'}) }} as update_fields,
        {{ _opus_json_object({'title': 'board_title'}) }} as old_fields,
        {{ _opus_json_object({'title': 'title'}) }} as identity_fields,
        title as new_value, board_title as board_value, row_errors, {{ no_order }} as push_order
    from paired
    where row_errors is null
        and board_group_id is not null
        and title <> {{ opus_exact('board_title') }}
    union all
    select
        'UPDATE', record_key, board_group_id, coalesce(title, board_title), 'color',
        {{ _opus_json_object({'color': 'color'}) }},
        {{ _opus_json_object({'color': 'board_color'}) }},
        {{ _opus_json_object({'color': 'color'}) }},
        color, board_color, row_errors, {{ no_order }}
    from paired
    where row_errors is null
        and board_group_id is not null
        and color <> {{ opus_exact('board_color') }}
),

placed_groups as (
    -- A new group stands behind the last one on the board that is to come before it, else on top.
    select
        min(paired.record_key) as record_key,
        max(ordered.wanted_rank) as last_rank,
        count(*) over () as number_of_groups,
        row_number() over (order by case when paired.place is null then 1 else 0 end, paired.place, {{ opus_exact('min(paired.record_key)') }}) as new_rank
    from paired
    left join ordered
        on paired.place is null
        or ordered.place <= paired.place
    where paired.row_operation = 'CREATE'
        and paired.row_errors is null
    group by {{ opus_exact('paired.record_key') }}, paired.place
),

new_groups as (
    {%- set identity = opus_concat_ws([
        "concat('\"title\":', " ~ opus_json_quote('paired.title') ~ ")",
        "case when paired.color is not null then concat('\"color\":', " ~ opus_json_quote('paired.color') ~ ") end",
    ], ',') %}
    select
        'CREATE' as update_operation, paired.record_key, {{ nothing }} as group_id, paired.title as item_name, {{ nothing }} as column_id,
        concat('{', {{ identity }}, case when ordered.group_id is not null then concat(',"$after":', {{ opus_json_quote('ordered.group_id') }}) end, '}') as update_fields,
        '{}' as old_fields,
        concat('{', {{ identity }}, '}') as identity_fields,
        {{ nothing }} as new_value, {{ nothing }} as board_value, paired.row_errors,
        -- The last one first: each is put right behind what is there, before those that were put there already.
        cast(placed_groups.number_of_groups - placed_groups.new_rank as {{ opus_type('int') }}) as push_order
    from placed_groups
    inner join paired on placed_groups.record_key = {{ opus_exact('paired.record_key') }}
    left join ordered on placed_groups.last_rank = ordered.wanted_rank
    where {{ '1 = 1' if own.on_new == 'create' else '1 = 0' }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
