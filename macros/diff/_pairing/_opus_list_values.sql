{# The CTE list_values: each list text that some desired row holds, and its canonical form. #}
{% macro _opus_list_values(fields, models) %}
    {% set kinds = opus_list_kinds() %}
    {%- set sql -%}
list_texts as (
    {%- set selects = [] %}
    {%- for model in models %}{% set index = loop.index0 %}
    {%- for field in fields if field.kind in kinds %}
    {%- do selects.append("select '" ~ field.scope ~ "' as scope, " ~ field.alias ~ " as list_text from claims_" ~ index ~ " where " ~ field.alias ~ " is not null") %}
    {%- endfor %}
    {%- endfor %}
    {%- if selects %}
    select scope, min(list_text) as list_text
    from (
        {{ selects | join('\n        union all\n        ') }}
    ) as every_text
    group by scope, {{ opus_exact('list_text') }}
    {%- else %}
    select {{ opus_text('null') }} as scope, {{ opus_text('null') }} as list_text where 1 = 0
    {%- endif %}
),

list_tokens as (
    {{ opus_tokens('list_texts', 'list_text', ['scope', 'list_text']) | indent(4) }}
),

list_entries as (
    select
        list_tokens.scope,
        list_tokens.list_text,
        coalesce(
            known_tokens.entry,
            case
                when list_tokens.scope = 'people' and {{ opus_only_has('list_tokens.token', '0123456789') }}
                    then concat('person-', list_tokens.token)
            end,
            list_tokens.token
        ) as entry
    from list_tokens
    left join known_tokens
        on list_tokens.scope = known_tokens.scope
        and known_tokens.token = {{ opus_exact("case when list_tokens.scope = 'tags' then " ~ opus_lower("replace(list_tokens.token, ' ', '')") ~ " when list_tokens.scope = 'people' then " ~ opus_lower('list_tokens.token') ~ " else list_tokens.token end") }}
),

unique_entries as (
    select scope, min(list_text) as list_text, min(entry) as entry
    from list_entries
    group by scope, {{ opus_exact('list_text') }}, {{ opus_exact('entry') }}
),

list_values as (
    select
        scope,
        min(list_text) as list_text,
        {{ opus_json_text("concat('[', " ~ opus_list_agg(opus_json_quote('entry'), ',', opus_exact('entry')) ~ ", ']')") }} as list_value
    from unique_entries
    group by scope, {{ opus_exact('list_text') }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
