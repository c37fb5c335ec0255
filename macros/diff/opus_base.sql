{#
    The last value on which board and desired side agreed, a row an item: what drift is measured from.
    First sight of a cell is its base; it moves only where board and desired agree, or by what was written since.
    entity: items or subitems; current, desired: as in opus_staged_items; parents: ref('mon_<board>') for subitems.
    Gives base_values (JSON, '' for an empty cell) and drift_fields (JSON of edited cells and what the board holds
    there; NULL where none is).
#}
{% macro opus_base(board, entity, current, desired, parents=none) %}
    {{ config(materialized='incremental', unique_key='monday_item_id', full_refresh=false, as_columnstore=false) }}
    {% set contract = opus_contract(board) %}
    {% set pairing = _opus_pairing(contract, entity, current, parents, desired) %}
    {% set fields = pairing.fields | selectattr('managed') | list %}
    {# A move is an edit like any other. #}
    {% if pairing.moves %}{% set fields = fields + [{'id': '$group', 'alias': 'group_id'}] %}{% endif %}
    {% set members = {} %}
    {% for field in fields %}{% do members.update({field.id: 'base_' ~ field.alias}) %}{% endfor %}
    {% set kept = _opus_kept_base() %}
    {%- set sql -%}
with

sync_point as (
    select * from {{ ref('mon_sync_point') }} where board = '{{ board }}'
),

metadata as (
    select * from {{ ref('mon_metadata') }} where board = '{{ board }}'
),

{{ pairing.ctes }},

known_base as (
    {%- if kept is not none %}
    select monday_item_id, base_values, drift_fields, as_of_seq from {{ kept }}
    {%- else %}
    select
        {{ opus_try_cast('null', 'bigint') }} as monday_item_id, {{ opus_text('null') }} as base_values,
        {{ opus_text('null') }} as drift_fields, {{ opus_try_cast('null', 'bigint') }} as as_of_seq
    where 1 = 0
    {%- endif %}
),

{{ _opus_rebased(board, source('opus', 'mon_update_audit_log')) }},

base_cells as (
    {{ opus_json_read('rebased', 'base_values', ['monday_item_id', 'base_values as rebased_values', 'known_values', 'known_drift'], members) | indent(4) }}
),

settled as (
    select
        board_rows.item_id,
        board_rows.record_key,
        base_cells.rebased_values,
        base_cells.known_values,
        base_cells.known_drift,
        {% for field in fields -%}
        coalesce(board_rows.{{ field.alias }}, '') as {{ field.alias }},
        {% endfor -%}
        {% for field in fields -%}
        case
            when desired_rows.{{ field.alias }} = {{ opus_exact("coalesce(board_rows." ~ field.alias ~ ", '')") }} then coalesce(board_rows.{{ field.alias }}, '')
            else coalesce(base_cells.base_{{ field.alias }}, board_rows.{{ field.alias }}, '')
        end as base_{{ field.alias }}{{ ',' if not loop.last }}
        {% endfor %}
        {%- if not fields %}null as nothing_managed{% endif %}
    from board_rows
    left join base_cells on board_rows.item_id = base_cells.monday_item_id
    left join desired_rows
        on board_rows.join_key = {{ opus_exact('desired_rows.match_key') }}
        and board_rows.join_id = desired_rows.match_id
        and board_rows.repeats = 1
        and desired_rows.claim_repeats = 1
),

measured as (
    select
        item_id,
        record_key,
        rebased_values,
        known_values,
        known_drift,
        {{ _opus_base_json(fields, 'base') | indent(8) }} as settled_values,
        nullif({{ _opus_base_json(fields, 'drift') | indent(8) }}, '{}') as drift_fields
    from settled
),

renewed as (
    select
        item_id,
        record_key,
        known_values,
        known_drift,
        drift_fields,
        -- What is not managed now keeps its base, and may be managed again: writes to it count, too.
        case
            when rebased_values is null then settled_values
            else {{ opus_json_merge('rebased_values', 'settled_values') }}
        end as base_values
    from measured
)

select
    '{{ board }}' as board,
    '{{ entity }}' as entity,
    renewed.item_id as monday_item_id,
    renewed.record_key,
    renewed.base_values,
    renewed.drift_fields,
    sync_point.as_of_seq
from renewed
cross join sync_point
{%- if kept == this %}
where renewed.known_values is null
    or renewed.base_values <> {{ opus_exact('renewed.known_values') }}
    or coalesce(renewed.drift_fields, '') <> {{ opus_exact("coalesce(renewed.known_drift, '')") }}
{%- endif %}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The JSON of base values, or of the cells that drifted from them. #}
{% macro _opus_base_json(fields, what) %}
    {% set parts = [] %}
    {% for field in fields %}
        {% set base = 'base_' ~ field.alias %}
        {% if what == 'base' %}
            {% do parts.append("concat('" ~ '"' ~ field.id ~ '":' ~ "', " ~ opus_json_quote(base) ~ ")") %}
        {% else %}
            {% do parts.append("case when " ~ base ~ " <> " ~ opus_exact(field.alias) ~ " then concat('" ~ '"' ~ field.id ~ '":' ~ "', " ~ opus_json_quote("nullif(" ~ field.alias ~ ", '')") ~ ") end") %}
        {% endif %}
    {% endfor %}
    {% if not parts %}{{ return("'{}'") }}{% endif %}
    {{ return("concat('{', " ~ opus_concat_ws(parts, ',') ~ ", '}')") }}
{% endmacro %}

{#
    The CTE rebased: the known base with what was written since laid over it. Of an item that was made since, what was
    written is the base: somebody may have edited it before it is seen here.
#}
{% macro _opus_rebased(board, audit_log) %}
    {% set cell = "concat(" ~ opus_json_quote('column_id') ~ ", ':', " ~ opus_json_quote("coalesce(new_value, '')") ~ ")" %}
    {%- set sql -%}
writes_since as (
    select
        audit.monday_item_id,
        audit.column_id,
        audit.new_value,
        row_number() over (partition by audit.monday_item_id, audit.column_id order by audit.seq desc) as newest_first
    from {{ audit_log }} as audit
    left join known_base on audit.monday_item_id = known_base.monday_item_id
    where audit.board = '{{ board }}'
        and (audit.column_id = '$group' or audit.column_id not like '$%')
        and (known_base.monday_item_id is null or audit.seq > known_base.as_of_seq)
),

written_values as (
    select monday_item_id, concat('{', {{ opus_list_agg(cell, ',', opus_exact('column_id')) }}, '}') as cells
    from writes_since
    where newest_first = 1
    group by monday_item_id
),

rebased as (
    select
        coalesce(known_base.monday_item_id, written_values.monday_item_id) as monday_item_id,
        known_base.base_values as known_values,
        known_base.drift_fields as known_drift,
        case
            when written_values.cells is null then known_base.base_values
            else {{ opus_json_merge("coalesce(known_base.base_values, '{}')", 'written_values.cells') }}
        end as base_values
    from known_base
    full outer join written_values on known_base.monday_item_id = written_values.monday_item_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
