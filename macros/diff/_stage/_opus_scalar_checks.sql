{# The CTE scalar_checks: the first broken rule of each cell that is no list. #}
{% macro _opus_scalar_checks(fields) %}
    {% set rules = _opus_rules_for(opus_cell_rules(), fields) %}
    {% set kinds = ['name'] + rules | map(attribute=0) | list %}
    {%- set sql -%}
coded_cells as (
    select
        cells.*,
        label.value_id as label_id,
        coalesce(first_day.settings, 'monday') as first_day_of_week,
        case
            when cells.column_is_active is null and cells.kind not in ('name', 'group') then 'column_not_extracted'
            when cells.new_value is null and cells.kind = 'name' then 'not_clearable'
            when cells.new_value is null then null
            {%- for kind, code, condition, message in rules %}
            when cells.kind = '{{ kind }}' and ({{ condition }}) then '{{ code }}'
            {%- endfor %}
        end as code
    from cells
    left join labels as label
        on cells.kind = 'status'
        and label.column_id = cells.column_id
        and label.value = {{ opus_exact('cells.new_value') }}
    left join metadata as first_day
        on cells.kind = 'week'
        and first_day.kind = 'board'
        and first_day.entity = 'items'
    where cells.kind in ('{{ kinds | unique | join("', '") }}')
        or cells.column_is_active is null
        or cells.new_value is null
),

scalar_checks as (
    select
        cells.stg_id,
        cells.title,
        cells.position,
        cells.code,
        case cells.code
            when 'column_not_extracted' then 'the active extract does not hold this column; pull again'
            when 'not_clearable' then 'a name cannot be cleared'
            {%- for kind, code, condition, message in rules %}
            when '{{ code }}' then {{ message | replace('first_day.settings', 'cells.first_day_of_week') }}
            {%- endfor %}
        end as message
    from coded_cells as cells
    where cells.code is not null
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The rules of the kinds that a board's fields have; the rest would only make the statement long. #}
{% macro _opus_rules_for(rules, fields) %}
    {% set kinds = fields | map(attribute='kind') | list %}
    {% set wanted = [] %}
    {% for rule in rules if rule[0] in kinds %}{% do wanted.append(rule) %}{% endfor %}
    {{ return(wanted) }}
{% endmacro %}
