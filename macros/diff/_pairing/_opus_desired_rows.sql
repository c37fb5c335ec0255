{#
    The CTE desired_rows: the models merged, a row a key. A NULL of a column with on_null clear becomes '', the wish to
    clear (a box has no third state, so it becomes false); clashes lists the columns that two models claim with
    different values.
#}
{% macro _opus_desired_rows(fields, models) %}
    {% set parts = [] %}
    {% for model in models %}
        {% do parts.append(_opus_model_rows(fields, model, loop.index0)) %}
        {% if not loop.first %}{% do parts.append(_opus_merged_rows(fields, loop.index0)) %}{% endif %}
    {% endfor %}
    {% do parts.append("desired_rows as (\n    select * from " ~ ("merged_" ~ (models | length - 1) if models | length > 1 else "model_rows_0") ~ "\n)") %}
    {{ return(parts | join(',\n\n')) }}
{% endmacro %}

{# The CTE model_rows_<n>: one model's claims with the wish to clear spelled out. #}
{% macro _opus_model_rows(fields, model, index) %}
    {% set columns = model['columns'] | map('lower') | list %}
    {%- set sql -%}
model_rows_{{ index }} as (
    select
        match_key,
        match_id,
        record_key,
        parent_key,
        item_id,
        group_id,
        group_title,
        claim_repeats,
        {{ 1 if index == 0 else 0 }} as is_primary,
        '{{ model.name }}' as sources,
        {% for field in fields -%}
        {% if field.managed and field.on_null == 'clear' and field.name | lower in columns -%}
        coalesce({{ field.alias }}, '{{ 'false' if field.kind == 'checkbox' }}') as {{ field.alias }},
        {% else -%}
        {{ field.alias }},
        {% endif -%}
        {%- endfor -%}
        {{ opus_text('null') }} as clashes
    from unique_claims_{{ index }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The CTE merged_<n>: what came before joined with one more model. #}
{% macro _opus_merged_rows(fields, index) %}
    {% set former = 'merged_' ~ (index - 1) if index > 1 else 'model_rows_0' %}
    {% set clashes = [] %}
    {% for field in fields %}
        {% do clashes.append("case when former." ~ field.alias ~ " <> " ~ opus_exact("added." ~ field.alias) ~ " then '" ~ field.id ~ "' end") %}
    {% endfor %}
    {%- set sql -%}
merged_{{ index }} as (
    select
        coalesce(former.match_key, added.match_key) as match_key,
        coalesce(former.match_id, added.match_id) as match_id,
        coalesce(former.record_key, added.record_key) as record_key,
        coalesce(former.parent_key, added.parent_key) as parent_key,
        coalesce(former.item_id, added.item_id) as item_id,
        coalesce(former.group_id, added.group_id) as group_id,
        coalesce(former.group_title, added.group_title) as group_title,
        case
            when coalesce(former.claim_repeats, 1) > coalesce(added.claim_repeats, 1) then former.claim_repeats
            else coalesce(added.claim_repeats, 1)
        end as claim_repeats,
        coalesce(former.is_primary, 0) as is_primary,
        {{ opus_concat_ws(['former.sources', 'added.sources'], ', ') }} as sources,
        {% for field in fields -%}
        coalesce(former.{{ field.alias }}, added.{{ field.alias }}) as {{ field.alias }},
        {% endfor -%}
        nullif({{ opus_concat_ws(['former.clashes'] + clashes, ',') }}, '') as clashes
    from {{ former }} as former
    full outer join model_rows_{{ index }} as added
        on former.match_key = {{ opus_exact('added.match_key') }}
        and former.match_id = added.match_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
