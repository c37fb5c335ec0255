{#
    The CTE unique_claims_<n>: the claims of one model, one row a key. claim_repeats says how many rows of the model
    bore the key, so that more than one is INVALID; rows without a key are left to keyless_<n>.
#}
{% macro _opus_unique_claims(entity, fields, model, index) %}
    {% set lists = opus_list_kinds() %}
    {% set by_id = 'monday_item_id' in (model['columns'] | map('lower') | list) %}
    {%- set sql -%}
resolved_{{ index }} as (
    select
        {% for field in fields -%}
        {% set value = "claims." ~ field.alias -%}
        {% if field.kind in lists -%}
        {% set value = "coalesce(list_" ~ field.alias ~ ".list_value, " ~ value ~ ")" -%}
        {% elif field.kind in ['email', 'link', 'phone', 'location'] -%}
        {% set value = opus_json_text(value) -%}
        {% endif -%}
        {{ value }} as {{ field.alias }},
        {% endfor -%}
        claims.item_id,
        claims.group_id,
        claims.parent_key
    from claims_{{ index }} as claims
    {%- for field in fields if field.kind in lists %}
    left join list_values as list_{{ field.alias }}
        on list_{{ field.alias }}.scope = '{{ field.scope }}'
        and list_{{ field.alias }}.list_text = {{ opus_exact('claims.' ~ field.alias) }}
    {%- endfor %}
),

keyed_{{ index }} as (
    select
        resolved.*,
        {%- if by_id %}
        coalesce(named.record_key, {{ _opus_key(entity, fields, 'resolved.') }}, concat('id:', {{ opus_text('resolved.item_id') }})) as record_key,
        coalesce(named.match_key, case when resolved.item_id is null then {{ _opus_key(entity, fields, 'resolved.', true) }} else '' end) as match_key,
        case when named.match_key is null and resolved.item_id is not null then resolved.item_id else 0 end as match_id
        {%- else %}
        {{ _opus_key(entity, fields, 'resolved.') }} as record_key,
        {{ _opus_key(entity, fields, 'resolved.', true) }} as match_key,
        0 as match_id
        {%- endif %}
    from resolved_{{ index }} as resolved
    {%- if by_id %}
    left join board_rows as named on resolved.item_id = named.item_id
    {%- endif %}
),

repeats_{{ index }} as (
    select min(match_key) as match_key, match_id, count(*) as repeats
    from keyed_{{ index }}
    group by {{ opus_exact('match_key') }}, match_id
    having count(*) > 1
),

unique_claims_{{ index }} as (
    select
        keyed.*,
        coalesce(repeats.repeats, 1) as claim_repeats
    from keyed_{{ index }} as keyed
    left join repeats_{{ index }} as repeats
        on keyed.match_key = {{ opus_exact('repeats.match_key') }}
        and keyed.match_id = repeats.match_id
    where keyed.match_key is not null
        and repeats.match_key is null
    union all
    select *
    from (
        {{ _opus_first_of_repeats(fields, index) | indent(8) }}
    ) as first_of_repeats
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# One row for each key that stands more than once: it is INVALID, so any row will do, but always the same one. #}
{% macro _opus_first_of_repeats(fields, index) %}
    {% set ranks = [opus_exact('keyed.record_key')] %}
    {# A NULL stands first on one warehouse and last on another. #}
    {% for field in fields %}{% do ranks.append(opus_exact("coalesce(keyed." ~ field.alias ~ ", '')")) %}{% endfor %}
    {% set own = ['item_id', 'group_id', 'parent_key', 'record_key', 'match_key', 'match_id', 'claim_repeats'] %}
    {%- set sql -%}
select
    {% for field in fields %}{{ field.alias }}, {% endfor %}{{ own | join(', ') }}
from (
    select
        keyed.*,
        repeats.repeats as claim_repeats,
        row_number() over (
            partition by {{ opus_exact('keyed.match_key') }}, keyed.match_id
            order by {{ ranks | join(', ') }}
        ) as row_no
    from keyed_{{ index }} as keyed
    inner join repeats_{{ index }} as repeats
        on keyed.match_key = {{ opus_exact('repeats.match_key') }}
        and keyed.match_id = repeats.match_id
) as ranked
where row_no = 1
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
