-- A staged row is one mutation: unique by board, type, key and operation, of groups and boards by the cell, too.
{% set attributes = ['title', 'color', 'name', 'description'] %}
with

staged as (
    {{ opus_over_boards('staged', ['board', 'update_type', 'record_key', 'update_operation', 'update_fields', 'stg_id']) }}
),

named as (
    select
        staged.*,
        case
            when update_operation <> 'UPDATE' or update_type in ('update_items', 'update_subitems') then ''
            {%- for attribute in attributes %}
            when update_fields like '{"{{ attribute }}":%' then '{{ attribute }}'
            {%- endfor %}
            else ''
        end as attribute
    from staged
)

select board, update_type, min(record_key) as record_key, update_operation, attribute, count(*) as copies
from named
group by board, update_type, {{ opus_exact('record_key') }}, update_operation, attribute
having count(*) > 1 or count(distinct stg_id) > 1
