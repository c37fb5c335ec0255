{#
    The CTE paired: each desired row with the board row of its key. board_<alias> columns are NULL where the board has
    none; board_repeats says how often the key stands on the board where that is more than once.
#}
{% macro _opus_paired(fields) %}
    {%- set sql -%}
paired as (
    select
        desired_rows.*,
        board_rows.item_id as board_item_id,
        board_rows.parent_item_id as board_parent_item_id,
        board_rows.subitem_board_id,
        board_rows.group_id as board_group_id,
        board_rows.record_key as board_record_key,
        {% for field in fields -%}
        board_rows.{{ field.alias }} as board_{{ field.alias }},
        {% endfor -%}
        board_repeats.repeats as board_repeats
    from desired_rows
    left join board_rows
        on desired_rows.match_key = {{ opus_exact('board_rows.join_key') }}
        and desired_rows.match_id = board_rows.join_id
        and board_rows.repeats = 1
    left join board_repeats on desired_rows.match_key = {{ opus_exact('board_repeats.match_key') }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
