{# The CTE group_titles: the active groups that a desired row may name by title; one that stands twice names none. #}
{% macro _opus_group_titles(entity) %}
    {%- set sql -%}
group_titles as (
    select min(value) as title, min(value_id) as group_id
    from metadata
    where kind = 'group'
        and entity = '{{ entity }}'
        and is_active = 1
    group by {{ opus_exact('value') }}
    having count(*) = 1
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
