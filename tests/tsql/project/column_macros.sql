{# The canonical form of each kind, the SQL type of each column type, and every rule of cells and entries. -#}
with

entries as (
    select
        label as entry, column_id as column_type, 0 as create_labels, 1 as is_target_extracted, label as new_value,
        label as settings
    from {{ source('opus', 'mon_raw_label') }}
),

facts as (
    select
        label_id as value_id, 1 as is_active, label as value, label_id as item_id, 1 as is_open, label as first_day_of_week
    from {{ source('opus', 'mon_raw_label') }}
),

canonical as (
    select
        {%- for type, facts in opus_column_types().items() %}
        {{ opus_canonical(facts.kind, 'entries.new_value', 'Europe/London') }} as {{ opus_identifier('canonical ' ~ type) }},
        {{ opus_typed(type, 'entries.new_value') }} as {{ opus_identifier('typed ' ~ type) }},
        {%- endfor %}
        {{ opus_key(['entries.entry', 'entries.new_value']) }} as record_key
    from entries
),

entry_findings as (
    select
        {%- for kind, code, condition, message, status in opus_entry_rules() %}
        case when {{ condition }} then {{ message }} end as {{ code }},
        {%- endfor %}
        entries.entry
    from entries
    left join facts as label on entries.entry = {{ opus_exact('label.value') }}
    left join facts as known on entries.entry = {{ opus_exact('known.value') }}
    left join facts as target_item on entries.entry = {{ opus_exact('target_item.value') }}
),

cell_findings as (
    select
        {%- for kind, code, condition, message in opus_cell_rules() %}
        case when {{ condition }} then {{ message }} end as {{ opus_identifier(kind ~ ' ' ~ code ~ ' ' ~ loop.index) }},
        {%- endfor %}
        cells.entry
    from entries as cells
    left join facts as label on cells.entry = {{ opus_exact('label.value') }}
    left join (select first_day_of_week as first_day_of_week, value_id as value, is_active from facts) as first_day
        on cells.entry = {{ opus_exact('first_day.value') }}
)

select canonical.*, entry_findings.entry as checked_entry, cell_findings.entry as checked_cell
from canonical
left join entry_findings on canonical.record_key = {{ opus_exact('entry_findings.entry') }}
left join cell_findings on canonical.record_key = {{ opus_exact('cell_findings.entry') }}
