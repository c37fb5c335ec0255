{# A JSON object with the members of another laid over it; a null member removes. Their order is not promised. #}
{% macro opus_json_merge(target, patch) %}
    {{ return(adapter.dispatch('opus_json_merge', 'opus_sync')(target, patch)) }}
{% endmacro %}

{% macro duckdb__opus_json_merge(target, patch) %}
    {%- set sql -%}cast(json_merge_patch({{ target }}, {{ patch }}) as varchar){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_json_merge(target, patch) %}
    {%- set member = "concat(" ~ opus_json_quote('merged.member') ~ ", ':', " ~ opus_json_quote('merged.member_value') ~ ")" -%}
    {%- set sql -%}
    (
        select concat('{', {{ opus_list_agg(member, ',', opus_exact('merged.member')) }}, '}')
        from jsonb_each_text(cast({{ target }} as jsonb) || cast({{ patch }} as jsonb)) as merged (member, member_value)
        where merged.member_value is not null
    )
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_json_merge(target, patch) %}
    {%- set member = "concat(" ~ opus_json_quote('merged.member') ~ ", ':', " ~ opus_json_quote('merged.member_value') ~ ")" -%}
    {%- set sql -%}
    (
        select concat('{', {{ opus_list_agg(member, ',', opus_exact('merged.member')) }}, '}')
        from (
            select kept.[key] collate database_default as member, kept.[value] collate database_default as member_value
            from openjson({{ target }}) as kept
            where kept.[value] is not null
                and not exists (
                    select 1
                    from openjson({{ patch }}) as replaced
                    where replaced.[key] = kept.[key]
                )
            union all
            select added.[key] collate database_default, added.[value] collate database_default
            from openjson({{ patch }}) as added
            where added.[value] is not null
        ) as merged
    )
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
