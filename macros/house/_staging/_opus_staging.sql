{# The statement behind opus_stg_items and opus_stg_subitems. #}
{% macro _opus_staging(contract, entity, staged, current, staged_parents=none) %}
    {{ config(
        materialized='view',
        persist_docs={'relation': false, 'columns': false},
        post_hook="{{ opus_describe('" ~ contract.board ~ "', '" ~ entity ~ "') }}",
    ) }}
    {% set columns = contract[entity].columns if contract[entity] else [] %}
    {%- set sql -%}
with

operations as (
    select * from {{ ref('mon_operation_status') }} where board = '{{ contract.board }}'
),

{{ _opus_staging_rows(entity, staged) }},

{% if entity == 'subitems' %}{{ _opus_made_parents(staged_parents) }},

{% endif %}{{ _opus_wanted_values(entity, current, columns) }},

builds as (
    select invocation_id, max(recorded_at) as built_at
    from {{ source('opus', 'mon_build_event') }}
    where board = '{{ contract.board }}'
    group by invocation_id
),

sync_point as (
    select as_of_seq from {{ ref('mon_sync_point') }} where board = '{{ contract.board }}'
)
{%- if entity == 'items' %},

group_titles as (
    select value_id, max(value) as title
    from {{ ref('mon_metadata') }}
    where board = '{{ contract.board }}' and kind = 'group' and entity = 'items'
    group by value_id
)
{%- endif %}

select
    {{ _opus_staging_system_columns(entity) }}
    {%- for column in columns %}
    house_rows.c{{ loop.index0 }} as {{ opus_identifier(column.name) }},
    {%- endfor %}
    house_rows.update_operation,
    house_rows.update_fields,
    house_rows.source_table,
    house_rows.source_query,
    house_rows.update_batch_id,
    house_rows.validation_status,
    house_rows.validation_errors,
    house_rows.stg_id,
    house_rows.batch_id as stg_batch_id,
    {%- if entity == 'subitems' %}
    made_parents.stg_id as stg_parent_stg_id,
    {%- endif %}
    house_rows.customer_batch as stg_customer_batch,
    {{ _opus_staging_status() | indent(4) }} as stg_status,
    {%- if entity == 'subitems' %}
    {{ _opus_parent_of_row() }} as stg_monday_item_id,
    house_rows.item_id as stg_monday_subitem_id,
    {{ _opus_board_of_row() }} as stg_monday_subitem_board_id,
    {%- else %}
    house_rows.item_id as stg_monday_item_id,
    {%- endif %}
    house_rows.error_message as stg_error_message,
    coalesce(builds.built_at, house_rows.sent_at) as stg_created_date,
    case when house_rows.status in ('SUCCEEDED', 'FAILED') then house_rows.status_at end as stg_processed_date
from house_rows
left join builds on house_rows.update_batch_id = builds.invocation_id
left join sync_point on 1 = 1
{%- if entity == 'subitems' %}
left join made_parents on house_rows.parent_key = {{ opus_exact('made_parents.record_key') }}
{%- else %}
left join group_titles on house_rows.group_id = group_titles.value_id
{%- endif %}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The columns that a current table has before those of the board. #}
{% macro _opus_staging_system_columns(entity) %}
    {% set title = "coalesce(house_rows.wanted_name, house_rows.item_name, house_rows.board_name) as " ~ opus_identifier('Title') %}
    {% set updated = 'house_rows.board_updated_at as ' ~ opus_identifier('UpdateDate') %}
    {% if entity == 'items' %}
        {% set columns = [
            title, 'house_rows.item_id as ' ~ opus_identifier('Item ID'),
            'coalesce(group_titles.title, house_rows.board_group) as ' ~ opus_identifier('Group'), updated,
        ] %}
    {% else %}
        {% set columns = [
            _opus_parent_of_row() ~ ' as parent_item_id', 'house_rows.item_id as subitem_id',
            _opus_board_of_row() ~ ' as subitem_board_id', title, updated,
        ] %}
    {% endif %}
    {{ return(columns | join(',\n    ') ~ ',') }}
{% endmacro %}

{# PROMOTED once the current tables have seen what was written: mon_sync_point is built with them. #}
{% macro _opus_staging_status() %}
    {%- set sql -%}
    case
        when house_rows.status = 'FAILED' then 'API_FAILED'
        when house_rows.status = 'SUCCEEDED' and house_rows.seq <= sync_point.as_of_seq then 'PROMOTED'
        when house_rows.status = 'SUCCEEDED' then 'API_SUCCESS'
        else 'PENDING'
    end
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro _opus_parent_of_row() %}{{ return('coalesce(house_rows.parent_item_id, made_parents.item_id, house_rows.board_parent_item_id)') }}{% endmacro %}

{% macro _opus_board_of_row() %}{{ return('coalesce(house_rows.board_subitem_board_id, house_rows.monday_board_id)') }}{% endmacro %}
