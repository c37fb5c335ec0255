{#
    The CTEs target_boards (the boards that each relation column may point to) and known_relations: how an item of
    these boards may be named, by its id or by its key, and the id that each name stands for. A name that stands for
    several items has entries > 1.
    Nothing where no desired model manages a relation.
#}
{% macro _opus_relations(entity, fields) %}
    {% set columns = fields | selectattr('kind', 'equalto', 'relation') | map(attribute='id') | list %}
    {# While dbt parses, the contract is not known yet, but what the model reads must be. #}
    {% if execute and not columns %}{{ return(none) }}{% endif %}
    {% set items = ref('mon_items') %}
    {% set sync_points = ref('mon_sync_point') %}
    {% set keys = _opus_item_keys(items) %}
    {%- set sql -%}
connected as (
    select
        column_id, column_type,
        coalesce({{ opus_json_get('settings', 'boardIds') }}, '[]') as board_ids
    from metadata
    where kind = 'column'
        and entity = '{{ entity }}'
        and {{ opus_in_list('column_id', columns) }}
),

connected_boards as (
    {{ opus_tokens('connected', 'board_ids', ['column_id']) | indent(4) }}
),

target_boards as (
    select
        connected_boards.column_id,
        {{ opus_try_cast('connected_boards.token', 'bigint') }} as monday_board_id
    from connected_boards
    union all
    select connected.column_id, sync_point.monday_board_id
    from connected
    cross join sync_point
    where connected.column_type = 'dependency'
),

extracted_boards as (
    select monday_board_id from {{ sync_points }}
    union
    -- Boards of subitems have no sync point of their own.
    select monday_board_id from {{ items }}
),

target_columns as (
    select
        target_boards.column_id,
        min(case when extracted_boards.monday_board_id is null then 0 else 1 end) as is_target_extracted
    from target_boards
    left join extracted_boards on target_boards.monday_board_id = extracted_boards.monday_board_id
    group by target_boards.column_id
),

{% if keys.ctes %}{{ keys.ctes }},

{% endif %}relation_names as (
    select
        target_boards.column_id,
        {{ opus_text('items.monday_item_id') }} as token,
        {{ opus_text('items.monday_item_id') }} as entry
    from target_boards
    inner join {{ items }} as items on target_boards.monday_board_id = items.monday_board_id
    {%- for relation in keys.relations %}
    union all
    select target_boards.column_id, item_keys.record_key, {{ opus_text('item_keys.monday_item_id') }}
    from target_boards
    inner join {{ relation }} as item_keys on target_boards.monday_board_id = item_keys.monday_board_id
    where item_keys.record_key is not null
    {%- endfor %}
),

known_relations as (
    select column_id, min(token) as token, min(entry) as entry, count(distinct entry) as entries
    from relation_names
    group by column_id, {{ opus_exact('token') }}
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
