{#
    The CTEs to fingerprints: a hash of what a board takes (its columns, labels and groups), a row an extract, for the
    extracts that failed rows were built on and the present ones of their boards; an extract that was pruned has none.
#}
{% macro _opus_fingerprints() %}
    {% set facts = {
        'mon_raw_column': ['column_id', 'column_type', 'settings', opus_text('archived')],
        'mon_raw_label': ['column_id', 'label_id', 'label', opus_text('is_deactivated')],
        'mon_raw_group': ['group_id', opus_text('archived')],
    } %}
    {%- set sql -%}
compared_extracts as (
    select extract_id
    from failed_rows
    where extract_id is not null
    union
    select sync_point.extract_id
    from sync_point
    inner join failed_rows on sync_point.board = failed_rows.board
),

board_facts as (
    {%- for table, columns in facts.items() %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    {%- set parts = ["'" ~ table ~ "'", opus_text('monday_board_id')] %}
    {%- for column in columns %}{% do parts.append("coalesce(" ~ column ~ ", '')") %}{% endfor %}
    select facts.extract_id, {{ opus_concat_ws(parts, '|') }} as fact
    from {{ source('opus', table) }} as facts
    inner join compared_extracts on facts.extract_id = compared_extracts.extract_id
    {%- endfor %}
),

fingerprints as (
    select extract_id, {{ opus_hash(opus_list_agg('fact', ',', opus_exact('fact'))) }} as fingerprint
    from board_facts
    group by extract_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
