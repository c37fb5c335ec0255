{#
    The CTE moved_groups: what brings the groups with a place to the top, in their order. Moves are sent in that order,
    so old_fields holds the predecessor that a group has when its turn comes.
#}
{% macro _opus_group_moves(own) %}
    {% set nothing = opus_text('null') %}
    {%- set sql -%}
moved_groups as (
    select
        'MOVE' as update_operation, ordered.record_key, ordered.group_id, board_groups.title as item_name, '$after' as column_id,
        case
            when ordered.after_id is not null then {{ _opus_json_object({'$after': 'ordered.after_id'}) }}
            else {{ _opus_json_object({'$after': nothing, '$before': 'first_group.group_id'}) }}
        end as update_fields,
        {{ _opus_json_object({'$after': 'predecessor.group_id'}) }} as old_fields,
        {{ _opus_json_object({'$after': 'ordered.after_id'}) }} as identity_fields,
        ordered.after_id as new_value,
        predecessor.group_id as board_value,
        {{ nothing }} as row_errors,
        cast(ordered.wanted_rank as {{ opus_type('int') }}) as push_order
    from ahead
    inner join ordered on ahead.group_id = ordered.group_id
    inner join board_groups on ordered.group_id = board_groups.group_id
    inner join board_groups as predecessor on ahead.last_rank = predecessor.group_rank
    cross join (select group_id from board_groups where group_rank = 1) as first_group
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
