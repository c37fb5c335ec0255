{#
    The CTE changes: a row for each desired row that creates an item, changes a cell, or is wrong as a row.
    Equal values give no row.
#}
{% macro _opus_changes(contract, entity, fields, own) %}
    {% set managed = fields | selectattr('managed') | list %}
    {% set differs = [] %}
    {% for field in managed %}
        {% do differs.append(_opus_differs(field)) %}
    {% endfor %}
    {%- set sql -%}
judged as (
    select
        paired.*,
        coalesce(paired.group_id, titled.group_id) as wanted_group_id,
        titled.group_key,
        {% if entity == 'subitems' -%}
        coalesce(paired.board_parent_item_id, wanted_parents.item_id) as parent_item_id,
        wanted_parents.customer_batch as parent_batch,
        {% else -%}
        {{ opus_try_cast('null', 'bigint') }} as parent_item_id,
        {% endif -%}
        case
            when paired.board_item_id is null and paired.match_id = 0 and paired.board_repeats is null then 'CREATE'
            else 'UPDATE'
        end as update_operation,
        {{ _opus_row_errors(entity) | indent(8) }} as row_errors
    from paired
    {%- if entity == 'subitems' %}
    left join wanted_parents on paired.parent_key = {{ opus_exact('wanted_parents.record_key') }}
    {%- endif %}
    left join wanted_groups as titled
        on paired.group_id is null
        and paired.group_title = {{ opus_exact('titled.title') }}
    left join group_titles on paired.group_title = {{ opus_exact('group_titles.title') }}
    left join metadata as wanted_group
        on wanted_group.kind = 'group'
        and wanted_group.entity = '{{ entity }}'
        and wanted_group.value_id = paired.group_id
        and wanted_group.is_active = 1
),

changes as (
    select
        update_operation,
        record_key,
        parent_key,
        board_item_id as item_id,
        subitem_board_id,
        parent_item_id,
        case when update_operation = 'CREATE' then wanted_group_id end as group_id,
        case when update_operation = 'CREATE' then {{ _opus_new_name(entity, fields) }} end as item_name,
        {{ _opus_fields_json(managed, 'new') | indent(8) }} as update_fields,
        {{ _opus_fields_json(managed, 'old') | indent(8) }} as old_fields,
        sources,
        {{ 'parent_batch' if entity == 'subitems' else _opus_row_batch(contract, fields) }} as customer_batch,
        row_errors,
        case when update_operation = 'CREATE' then group_key end as group_key
    from judged
    where update_operation in ({{ "'CREATE', 'UPDATE'" if own.on_new == 'create' else "'UPDATE'" }})
        and (
            row_errors is not null
            or update_operation = 'CREATE'
            {%- for difference in differs %}
            or {{ difference }}
            {%- endfor %}
        )
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# True where something is wanted in a cell and the board holds something else. #}
{% macro _opus_differs(field) %}
    {{ return(field.alias ~ " <> " ~ opus_exact("coalesce(board_" ~ field.alias ~ ", '')")) }}
{% endmacro %}

{# The batch of a row: what is wanted in the batch column, else what the board holds there. #}
{% macro _opus_row_batch(contract, fields) %}
    {% set alias = _opus_batch_column(contract, fields) %}
    {{ return(alias if alias == opus_text('null') else "coalesce(nullif(" ~ alias ~ ", ''), board_" ~ alias ~ ")") }}
{% endmacro %}

{# The name of a new item: the one wanted, else its key. #}
{% macro _opus_new_name(entity, fields) %}
    {% set parts = [] %}
    {% for field in fields | rejectattr('key', 'none') | sort(attribute='key') %}{% do parts.append(field.alias) %}{% endfor %}
    {% set key = opus_concat_ws(parts, ' / ') if parts else opus_text('null') %}
    {% set named = fields | selectattr('id', 'equalto', 'name') | list %}
    {{ return("coalesce(c_name, " ~ key ~ ")" if named else key) }}
{% endmacro %}
