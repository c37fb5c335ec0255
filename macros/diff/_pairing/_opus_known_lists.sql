{# The CTE known_tokens: how a person, a team or a tag may be named, and the canonical entry each name stands for. #}
{% macro _opus_known_lists(fields) %}
    {%- set sql -%}
known_names as (
    select 'people' as kind, {{ opus_lower('value') }} as token, concat('person-', value_id) as entry
    from metadata
    where kind = 'person'
    union all
    select 'people', value_id, concat('person-', value_id)
    from metadata
    where kind = 'person'
    union all
    select 'people', {{ opus_lower('value') }}, concat('team-', value_id)
    from metadata
    where kind = 'team'
    union all
    select 'tags', {{ opus_lower("replace(value, ' ', '')") }}, value_id
    from metadata
    where kind = 'tag'
),

known_tokens as (
    select kind, min(token) as token, min(entry) as entry
    from known_names
    group by kind, {{ opus_exact('token') }}
    having count(distinct entry) = 1
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
