{#
    Hook: writes the descriptions of a model and its columns into the warehouse. Columns that the model's own
    properties do not describe are described as the contract has them. dbt's persist_docs cannot: on two of three
    adapters it puts names such as ORDER QTY into the statement without quotes.
#}
{% macro opus_describe(board, entity) %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set described = {} %}
    {% for column in _opus_contract_columns(board, entity) + model.columns.values() | list %}
        {% if column.description %}
            {% do described.update({column.name: {'description': column.description, 'quote': true}}) %}
        {% endif %}
    {% endfor %}
    {% set relation = this.incorporate(type='view' if model.config.materialized == 'view' else 'table') %}
    {% if model.description %}{% do run_query(alter_relation_comment(relation, model.description | trim)) %}{% endif %}
    {% set present = {} %}
    {% for column in adapter.get_columns_in_relation(relation) if column.name in described %}
        {% do present.update({column.name: described[column.name]}) %}
    {% endfor %}
    {% if present %}{% do run_query(alter_column_comment(relation, present)) %}{% endif %}
    {{ return('') }}
{% endmacro %}

{# The columns of the model that a contract describes. #}
{% macro _opus_contract_columns(board, entity) %}
    {% set name = 'mon_' ~ board ~ ('_subitems' if entity == 'subitems' else '') %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == name %}
        {{ return(node.columns.values() | list) }}
    {% endfor %}
    {{ return([]) }}
{% endmacro %}
