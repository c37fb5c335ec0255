{#
    The CTEs entry_checks (the first broken rule of each entry of a list) and count_checks (lists that are too long);
    empty ones for a board without lists.
#}
{% macro _opus_entry_checks(contract, fields) %}
    {% set rules = _opus_rules_for(opus_entry_rules(), fields) %}
    {% set people_limit = "nullif(" ~ opus_try_cast(opus_json_get('settings', 'max_people_allowed'), 'int') ~ ", 0)" %}
    {% set label_limit = "case when " ~ opus_json_get('settings', 'limit_select') ~ " = 'true' then " ~ opus_try_cast(opus_json_get('settings', 'label_limit_count'), 'int') ~ " end" %}
    {% if not rules %}
        {{ return("entry_checks as (\n    select stg_id, title, position, new_value as code, new_value as status, new_value as message\n    from cells\n    where 1 = 0\n),\n\ncount_checks as (\n    select * from entry_checks\n)") }}
    {% endif %}
    {% set relations = fields | selectattr('kind', 'equalto', 'relation') | list %}
    {%- set sql -%}
list_cells as (
    select
        stg_id, title, position, kind, column_id, column_type, create_labels, settings, new_value
    from cells
    where kind in ('{{ opus_list_kinds() | join("', '") }}')
        and new_value is not null
),

entries as (
    {{ opus_tokens('list_cells', 'new_value', ['stg_id', 'title', 'position', 'kind', 'column_id', 'column_type', 'create_labels', 'settings']) | indent(4) }}
),

coded_entries as (
    select
        entries.*,
        known.value as known_value,
        {%- if relations %}
        target_item.entries as target_entries,
        {%- endif %}
        case
            {%- for kind, code, condition, message, status in rules %}
            when entries.kind = '{{ kind }}' and ({{ condition | replace('entries.entry', 'entries.token') | replace('entries.is_target_extracted', 'coalesce(target_columns.is_target_extracted, 0)') }}) then '{{ code }}'
            {%- endfor %}
        end as code
    from entries
    left join labels as label
        on entries.kind = 'labels'
        and label.column_id = entries.column_id
        and label.value = {{ opus_exact('entries.token') }}
    left join metadata as known
        on known.kind = case
            when entries.kind = 'tags' then 'tag'
            when entries.kind = 'people' and entries.token like 'person-%' then 'person'
            when entries.kind = 'people' and entries.token like 'team-%' then 'team'
        end
        and known.value_id = replace(replace(entries.token, 'person-', ''), 'team-', '')
    {%- if relations %}
    left join known_relations as target_item
        on target_item.column_id = entries.column_id
        and target_item.token = {{ opus_exact('entries.token') }}
    left join target_columns on target_columns.column_id = entries.column_id
    {%- endif %}
),

entry_checks as (
    select
        entries.stg_id,
        entries.title,
        entries.position,
        entries.code,
        case
            when entries.code in ('{{ ([''] + rules | selectattr(4, 'equalto', 'PENDING') | map(attribute=1) | list) | join("', '") }}') then 'PENDING'
            else 'INVALID'
        end as status,
        case entries.code
            {%- for kind, code, condition, message, status in rules %}
            when '{{ code }}' then {{ message | replace('entries.entry', 'entries.token') | replace('known.value', 'entries.known_value') | replace('target_item.entries', 'entries.target_entries') }}
            {%- endfor %}
        end as message
    from coded_entries as entries
    where entries.code is not null
),

list_sizes as (
    select
        stg_id, title, position, kind,
        case when kind = 'people' then {{ people_limit }} when kind = 'labels' then {{ label_limit }} end as entries_allowed,
        count(*) as entries_found
    from entries
    group by stg_id, title, position, kind, settings
),

count_checks as (
    select
        stg_id,
        title,
        position,
        'too_many' as code,
        concat({{ opus_text('entries_found') }}, ' entries where the column takes ', {{ opus_text('entries_allowed') }}) as message
    from list_sizes
    where entries_found > entries_allowed
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
