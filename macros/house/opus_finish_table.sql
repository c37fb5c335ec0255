{#
    Hook of a current table: its primary key, its indexes and the descriptions of its columns.
    board: name of the contract; entity: items or subitems.
#}
{% macro opus_finish_table(board, entity) %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set looked_up = _opus_looked_up(opus_contract(board)[entity], entity) %}
    {% for statement in opus_key_statements(this, 'Item ID' if entity == 'items' else 'subitem_id', looked_up) %}
        {% do run_query(statement) %}
    {% endfor %}
    {{ return(opus_describe(board, entity)) }}
{% endmacro %}

{# The columns by which the rows of a table are looked up: its key, and the parent of a subitem. #}
{% macro _opus_looked_up(own, entity) %}
    {% set names = ['parent_item_id'] if entity == 'subitems' else [] %}
    {% set keys = own.key | map('lower') | list %}
    {% for name in ['Title'] + own.columns | map(attribute='name') | list if name | lower in keys %}
        {% do names.append(name) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}
