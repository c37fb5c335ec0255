{#
    The CTE wanted_groups: the titles that no group on the board has yet, and what staged groups will make of them: a
    new group, known by its record key, or one that gets the title, known by its id.
    staged_groups: ref('staged_<board>_groups'), none where the board's groups are not managed.
#}
{% macro _opus_wanted_groups(staged_groups) %}
    {%- set sql -%}
wanted_groups as (
    {%- if staged_groups %}
    select
        min(title) as title,
        max(group_id) as group_id,
        case when max(group_id) is null then min(record_key) end as group_key,
        max(
            case
                when validation_status = 'VALID' and hold_reason is null then 'ready'
                else 'waits'
            end
        ) as group_state
    from (
        select
            staged.*,
            case when staged.update_operation = 'CREATE' then staged.item_name else {{ opus_json_get('staged.update_fields', 'title') }} end as title
        from {{ staged_groups }} as staged
        where staged.update_operation in ('CREATE', 'UPDATE')
    ) as titled
    where title is not null
    group by {{ opus_exact('title') }}
    {%- else %}
    select {{ opus_text('null') }} as title, {{ opus_text('null') }} as group_id, {{ opus_text('null') }} as group_key, {{ opus_text('null') }} as group_state
    where 1 = 0
    {%- endif %}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
