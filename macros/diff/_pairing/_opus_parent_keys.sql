{# The CTE parent_keys: record key and batch value of each item that may have subitems. #}
{% macro _opus_parent_keys(contract, parents) %}
    {% set fields = _opus_fields(contract, 'items', []) %}
    {% set members = {} %}
    {% for field in fields if field.id != 'name' %}{% do members.update({field.id: field.alias}) %}{% endfor %}
    {% set keep = [opus_identifier('Item ID') ~ ' as item_id', opus_canonical('name', opus_identifier('Title')) ~ ' as c_name'] %}
    {%- set sql -%}
parent_cells as (
    {{ opus_json_read(parents, 'column_values', keep, members) | indent(4) }}
),

parent_keys as (
    select
        item_id,
        {{ _opus_key('items', fields) }} as record_key,
        {{ _opus_batch_column(contract, fields) }} as customer_batch
    from parent_cells
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The alias of the batch column among the fields, or a NULL text where the contract names none. #}
{% macro _opus_batch_column(contract, fields, prefix='') %}
    {% for field in fields if field.name | lower == (contract.get('batch_by') or '') | lower %}
        {{ return(prefix ~ field.alias) }}
    {% endfor %}
    {{ return(opus_text('null')) }}
{% endmacro %}
