{#
    The gates that this run left out: each enabled data test of error severity on a board's staged model that was built
    here and that is not among the results, as {node, board}. A warning is no gate.
#}
{% macro _opus_gates_not_run(results) %}
    {% set built = {} %}
    {% set seen = [] %}
    {% for result in results %}
        {% do seen.append(result.node.unique_id) %}
        {% set board = _opus_board_of_model(result.node) %}
        {% if board and _opus_is_staged(result.node) and result.status == 'success' %}
            {% do built.update({result.node.unique_id: board}) %}
        {% endif %}
    {% endfor %}
    {% set gates = [] %}
    {% for node in graph.nodes.values() if built and node.resource_type == 'test' and node.unique_id not in seen %}
        {% if (node.config.get('severity') or 'error') | lower == 'error' %}
            {% set boards = [] %}
            {% for parent in node.depends_on.nodes if parent in built and built[parent] not in boards %}
                {% do boards.append(built[parent]) %}
                {% do gates.append({'node': node, 'board': built[parent]}) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {{ return(gates) }}
{% endmacro %}
