{# The statement behind opus_staged_items and opus_staged_subitems, step by step. #}
{% macro _opus_stage(contract, entity, current, base, desired, parents=none, staged_parents=none) %}
    {{ config(materialized='table', as_columnstore=false) }}
    {% set pairing = _opus_pairing(contract, entity, current, parents, desired) %}
    {% set fields = pairing.fields %}
    {% set own = contract[entity] or {'on_new': 'ignore', 'on_missing': 'ignore'} %}
    {%- set sql -%}
with

sync_point as (
    select * from {{ ref('mon_sync_point') }} where board = '{{ contract.board }}'
),

metadata as (
    select * from {{ ref('mon_metadata') }} where board = '{{ contract.board }}'
),

holds as (
    select * from {{ ref('mon_holds') }} where board = '{{ contract.board }}'
),

{{ pairing.ctes }},

{{ _opus_fields_table(entity, fields) }},

{% if entity == 'subitems' %}{{ _opus_wanted_parents(staged_parents) }},

{% endif %}{{ _opus_changes(contract, entity, fields, own) }},

{{ _opus_operations(contract, entity, fields, own, desired) }},

{{ _opus_cells(entity, base) }},

{{ _opus_checks(contract, entity, fields | selectattr("managed") | list) }}

{{ _opus_staged_rows(contract, entity, desired) }}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
