{# The CTEs from cells to row_problems: every rule applied, and what it found joined by staged row. #}
{% macro _opus_checks(contract, entity, fields) %}
    {%- set sql -%}
labels as (
    select column_id, min(value) as value, max(value_id) as value_id, max(is_active) as is_active
    from metadata
    where kind = 'label'
        and entity = '{{ entity }}'
    group by column_id, {{ opus_exact('value') }}
),

{{ _opus_scalar_checks(fields) }},

{{ _opus_entry_checks(contract, fields) }},

problems as (
    select stg_id, position, 'INVALID' as status, title, code, message from scalar_checks where code is not null
    union all
    select stg_id, position, status, title, code, message from entry_checks where code is not null
    union all
    select stg_id, position, 'INVALID', title, code, message from count_checks where code is not null
),

row_problems as (
    select
        stg_id,
        max(case when status = 'INVALID' and code <> 'column_not_extracted' then 1 else 0 end) as is_invalid,
        {{ opus_list_agg(_opus_error_json('title', 'code', 'message'), ',', 'position, ' ~ opus_exact('message')) }} as problem_list
    from problems
    group by stg_id
),

{{ _opus_row_holds() }}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
