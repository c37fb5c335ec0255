{#
    The contract of a board as one dict, read from the properties of its models (boards/<board>.yml).
    Gives board, board_id, timezone, batch_by and, for items and subitems: model, key, on_new, on_missing, columns
    (each: name, id, type, direction, on_null, on_conflict, create_labels); for groups on_new, on_missing and
    on_conflict, for the board itself (`facts`) on_conflict. One of the two macros that touch the world: unit tests
    override it, for there the graph is empty.
#}
{% macro opus_contract(board) %}
    {% set contract = {'board': board, 'items': none, 'subitems': none, 'groups': none, 'facts': none} %}
    {% if not execute %}{{ return(contract) }}{% endif %}
    {% set models = ['mon_' ~ board, 'mon_' ~ board ~ '_subitems', 'mon_' ~ board ~ '_groups', 'mon_' ~ board ~ '_board'] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name in models %}
        {% set meta = node.config.meta.get('monday') %}
        {% if meta %}
            {% set entity = _opus_contract_entity(node, meta) %}
            {% do contract.update({'facts' if entity.entity == 'board' else entity.entity: entity}) %}
            {% if entity.entity == 'items' %}{% do contract.update(_opus_contract_board(meta)) %}{% endif %}
        {% endif %}
    {% endfor %}
    {% if not contract['items'] %}
        {{ exceptions.raise_compiler_error("opus_contract: no contract for board '" ~ board ~ "'; expected boards/" ~ board ~ ".yml with the model mon_" ~ board ~ " and config.meta.monday") }}
    {% endif %}
    {{ return(contract) }}
{% endmacro %}
