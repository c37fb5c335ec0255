{#
    The CTE missing_groups: groups that are no longer desired, each with the items that would go with it. One of the
    groups that are there now always stays, and none goes while a desired row has neither title nor id.
#}
{% macro _opus_group_archives(contract, own, items) %}
    {% set nothing = opus_text('null') %}
    {% set no_order = opus_try_cast('null', 'int') %}
    {%- set sql -%}
undesired as (
    select
        board_groups.*,
        min(board_groups.group_rank) over () as first_rank,
        count(*) over () as number_of_groups
    from board_groups
    where not exists (select 1 from paired where paired.board_group_id = board_groups.group_id)
        and not exists (select 1 from paired where paired.match_title = {{ opus_exact('board_groups.match_title') }} and paired.desired_id is null)
        and exists (select 1 from paired)
        and not exists (select 1 from keyed where match_key is null)
),

lying_there as (
    select
        group_id,
        concat('[', {{ opus_list_agg(opus_json_quote(opus_text('monday_item_id')), ',', 'monday_item_id') }}, ']') as item_ids
    from {{ items }}
    where board = '{{ contract.board }}'
        and parent_item_id is null
    group by group_id
),

missing_groups as (
    select
        'ARCHIVE' as update_operation, undesired.group_id as record_key, undesired.group_id, undesired.title as item_name, {{ nothing }} as column_id,
        '{"$state":"archived"}' as update_fields,
        {{ _opus_json_object({'$state': "'active'", 'title': 'undesired.title', 'color': 'undesired.color', '$items': "coalesce(lying_there.item_ids, '[]')"}) }} as old_fields,
        '{"$state":"archived"}' as identity_fields,
        {{ nothing }} as new_value, {{ nothing }} as board_value, {{ nothing }} as row_errors, {{ no_order }} as push_order
    from undesired
    left join lying_there on undesired.group_id = lying_there.group_id
    where {{ '1 = 1' if own.on_missing == 'archive' else '1 = 0' }}
        and (undesired.number_of_groups < (select count(*) from board_groups) or undesired.group_rank > undesired.first_rank)
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
