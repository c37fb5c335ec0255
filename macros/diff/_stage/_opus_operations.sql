{# The CTE operations: every mutation the diff calls for, each with its stg_id, not yet validated. #}
{% macro _opus_operations(contract, entity, fields, own, desired) %}
    {% set states = {'archive': 'archived', 'delete': 'deleted'} %}
    {% set nothing = opus_text('null') %}
    {%- set sql -%}
moves as (
    select
        'MOVE' as update_operation, record_key, parent_key, board_item_id as item_id, subitem_board_id, parent_item_id,
        wanted_group_id as group_id, {{ nothing }} as item_name,
        {{ _opus_json_object({'$group': 'coalesce(wanted_group_id, group_key)'}) }} as update_fields,
        {{ _opus_json_object({'$group': 'board_group_id'}) }} as old_fields,
        sources, {{ 'parent_batch' if entity == 'subitems' else _opus_row_batch(contract, fields) }} as customer_batch, row_errors,
        group_key
    from judged
    where update_operation = 'UPDATE'
        and coalesce(wanted_group_id, '') <> {{ opus_exact('board_group_id') }}
        and (wanted_group_id is not null or group_key is not null)
),

missing as (
    {%- if own.on_missing in states %}
    select
        '{{ own.on_missing | upper }}' as update_operation, board_rows.record_key, board_rows.parent_key, board_rows.item_id,
        board_rows.subitem_board_id, board_rows.parent_item_id, {{ nothing }} as group_id, {{ nothing }} as item_name,
        '{"$state":"{{ states[own.on_missing] }}"}' as update_fields,
        {{ _opus_as_known(fields) | indent(8) }} as old_fields,
        '{{ desired[0].identifier }}' as sources,
        {% if entity == 'subitems' -%}
        parent_keys.customer_batch
        {%- else -%}
        {{ _opus_batch_column(contract, fields, 'board_rows.') }}
        {%- endif %} as customer_batch,
        {{ nothing }} as row_errors, {{ nothing }} as group_key
    from board_rows
    {%- if entity == 'subitems' %}
    left join parent_keys on board_rows.parent_item_id = parent_keys.item_id
    {%- endif %}
    left join desired_rows
        on board_rows.join_key = {{ opus_exact('desired_rows.match_key') }}
        and board_rows.join_id = desired_rows.match_id
        and desired_rows.is_primary = 1
    where board_rows.match_key is not null
        and board_rows.repeats = 1
        and desired_rows.match_key is null
        and exists (select 1 from desired_rows as any_row where any_row.is_primary = 1)
        -- A desired row without a key may be the very one that is missing.
        and not exists (select 1 from keyed_0 as keyless_row where keyless_row.match_key is null)
    {%- else %}
    select * from moves where 1 = 0
    {%- endif %}
),

keyless as (
    {%- for relation in desired %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select
        'CREATE' as update_operation, {{ nothing }} as record_key, {{ nothing }} as parent_key,
        {{ opus_try_cast('null', 'bigint') }} as item_id, {{ opus_try_cast('null', 'bigint') }} as subitem_board_id,
        {{ opus_try_cast('null', 'bigint') }} as parent_item_id, {{ nothing }} as group_id, {{ nothing }} as item_name,
        '{}' as update_fields, '{}' as old_fields, '{{ relation.identifier }}' as sources, {{ nothing }} as customer_batch,
        {{ _opus_error_json('null', "'no_key'", "case when count(*) = 1 then '1 desired row has no key' else concat(" ~ opus_text('count(*)') ~ ", ' desired rows have no key') end") }} as row_errors,
        {{ nothing }} as group_key
    from keyed_{{ loop.index0 }}
    where match_key is null
    having count(*) > 0
    {%- endfor %}
),

all_operations as (
    select * from changes
    union all
    select * from moves
    union all
    select * from missing
    union all
    select * from keyless
),

operations as (
    select
        all_operations.*,
        {{ opus_hash(opus_concat_ws([
            "'" ~ contract.board ~ "'", "'update_" ~ entity ~ "'", 'update_operation', "coalesce(record_key, sources)",
            "coalesce(" ~ opus_text('item_id') ~ ", '')", "coalesce(group_id, group_key, '')", "coalesce(item_name, '')", 'update_fields',
        ], '|')) }} as stg_id
    from all_operations
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{#
    The JSON of an item as the board is known to hold it, for a row that takes it away: one that somebody has changed
    since is left alone.
#}
{% macro _opus_as_known(fields) %}
    {% set cells = ["'{\"$state\":\"active\"'"] %}
    {% for field in fields %}
        {% do cells.append("concat(',\"" ~ field.id ~ "\":', " ~ opus_json_quote("nullif(board_rows." ~ field.alias ~ ", '')") ~ ")") %}
    {% endfor %}
    {{ return("concat(" ~ opus_concat_ws(cells, '') ~ ", '}')") }}
{% endmacro %}
