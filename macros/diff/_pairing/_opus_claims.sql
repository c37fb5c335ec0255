{#
    The CTE claims_<n>: the cells that one desired model wants, in canonical form but for lists, which are resolved
    once all models are read.
#}
{% macro _opus_claims(contract, entity, fields, model, index) %}
    {% set actual = {} %}
    {% for name in model['columns'] %}{% do actual.update({name | lower: opus_identifier(name)}) %}{% endfor %}
    {%- set sql -%}
claimed_texts_{{ index }} as (
    select
        {% for field in fields -%}
        {% set source = actual.get('item_name', actual.get('title')) if field.id == 'name' else actual.get(field.name | lower) -%}
        {{ _opus_plain_text(field.kind, source or 'null') }} as {{ field.alias }},
        {% endfor -%}
        {{ opus_try_cast(actual.get('monday_item_id', 'null'), 'bigint') }} as item_id,
        {{ opus_text(actual.get('group_id', 'null')) }} as group_id,
        {{ opus_canonical('text', actual.get('group_title', 'null') if entity == 'items' else 'null') }} as group_title,
        {{ opus_canonical('text', actual.get('parent_key', 'null')) }} as parent_key
    from {{ model.relation }}
),

claims_{{ index }} as (
    select
        {% for field in fields -%}
        {{ _opus_canonical_of(field.kind, field.alias, contract.get('timezone', 'UTC')) }} as {{ field.alias }},
        {% endfor -%}
        item_id,
        group_id,
        group_title,
        parent_key
    from claimed_texts_{{ index }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
