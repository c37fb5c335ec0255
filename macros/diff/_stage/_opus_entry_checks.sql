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
    {%- set sql -%}
list_cells as (
    select
        stg_id, title, position, kind, column_id, column_type, create_labels, settings, new_value,
        coalesce({{ opus_json_get('settings', 'boardIds') }}, '[]') as board_ids
    from cells
    where kind in ('{{ opus_list_kinds() | join("', '") }}')
        and new_value is not null
),

connected as (
    select distinct column_id, board_ids
    from list_cells
    where column_type = 'board_relation'
),

connected_boards as (
    {{ opus_tokens('connected', 'board_ids', ['column_id']) | indent(4) }}
),

target_boards as (
    select
        connected_boards.column_id,
        {{ opus_try_cast('connected_boards.token', 'bigint') }} as monday_board_id,
        min(case when known_boards.monday_board_id is null then 0 else 1 end) over (
            partition by connected_boards.column_id
        ) as is_target_extracted
    from connected_boards
    left join (select distinct monday_board_id from known_items) as known_boards
        on known_boards.monday_board_id = {{ opus_try_cast('connected_boards.token', 'bigint') }}
    union all
    select fields.column_id, sync_point.monday_board_id, 1
    from fields
    cross join sync_point
    where fields.column_type = 'dependency'
),

target_items as (
    select target_boards.column_id, {{ opus_text('known_items.monday_item_id') }} as item_id
    from target_boards
    inner join known_items on target_boards.monday_board_id = known_items.monday_board_id
),

target_columns as (
    select column_id, max(is_target_extracted) as is_target_extracted
    from target_boards
    group by column_id
),

entries as (
    {{ opus_tokens('list_cells', 'new_value', ['stg_id', 'title', 'position', 'kind', 'column_id', 'column_type', 'create_labels', 'settings']) | indent(4) }}
),

coded_entries as (
    select
        entries.*,
        known.value as known_value,
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
    left join target_items as target_item
        on entries.kind = 'relation'
        and target_item.column_id = entries.column_id
        and target_item.item_id = entries.token
    left join target_columns on target_columns.column_id = entries.column_id
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
            when '{{ code }}' then {{ message | replace('entries.entry', 'entries.token') | replace('known.value', 'entries.known_value') }}
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
