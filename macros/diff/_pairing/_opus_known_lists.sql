{#
    The CTE known_tokens: how a person, a team, a tag or a connected item may be named, and the canonical entry each name
    stands for. scope: people, tags, or that of a relation column.
#}
{% macro _opus_known_lists(entity, fields) %}
    {% set relations = _opus_relations(entity, fields) %}
    {%- set sql -%}
{% if relations %}{{ relations }},

{% endif %}known_names as (
    select 'people' as scope, {{ opus_lower('value') }} as token, concat('person-', value_id) as entry
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
    select scope, min(token) as token, min(entry) as entry
    from known_names
    group by scope, {{ opus_exact('token') }}
    having count(distinct entry) = 1
    {%- if relations %}
    union all
    select concat('{{ _opus_relation_scope('') }}', column_id), token, entry
    from known_relations
    where entries = 1
    {%- endif %}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# What a column's names are looked up in: a relation has names of its own, for its column says which boards it connects. #}
{% macro _opus_relation_scope(column_id) %}{{ return('relation:' ~ column_id) }}{% endmacro %}
