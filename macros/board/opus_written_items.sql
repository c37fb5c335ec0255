{#
    A select of what was written to each item, a row an item: name, group, parent, state and its cells as JSON.
    writes: a CTE made by opus_last_writes.
#}
{% macro opus_written_items(writes) %}
    {% set pseudo = {'name': 'item_name', '$group': 'group_id', '$state': 'state'} %}
    {% set cell = "concat(" ~ opus_json_quote('column_id') ~ ", ':', " ~ opus_json_quote('new_value') ~ ")" %}
    {% set is_cell = "column_id <> 'name' and column_id not like '$%'" %}
    {%- set sql -%}
    select
        board,
        monday_item_id,
        max(extract_id) as extract_id,
        max(monday_board_id) as monday_board_id,
        max({{ opus_try_cast("case when column_id = '$parent' then new_value end", 'bigint') }}) as parent_item_id,
        {%- for column_id, name in pseudo.items() %}
        max(case when column_id = '{{ column_id }}' then new_value end) as {{ name }},
        {%- endfor %}
        max(update_timestamp) as written_at,
        case
            when max(case when {{ is_cell }} then 1 else 0 end) = 1 then concat(
                '{',
                {{ opus_list_agg("case when " ~ is_cell ~ " then " ~ cell ~ " end", ',', opus_exact('column_id')) }},
                '}'
            )
        end as cells
    from {{ writes }}
    group by board, monday_item_id
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
