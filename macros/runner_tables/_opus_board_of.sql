{#
    The board that a node belongs to, or none: models bear it in their folder (models/monday/<board>/) or their name
    (desired_<board>_…), tests that of the model they are attached to.
#}
{% macro _opus_board_of(node) %}
    {% set path = node.original_file_path | replace('\\', '/') %}
    {% if node.resource_type == 'model' and '/monday/' in path %}
        {{ return(path.split('/monday/')[1].split('/')[0]) }}
    {% elif node.resource_type == 'model' and node.name.startswith('desired_') %}
        {% for board in var('opus_boards', []) if node.name.startswith('desired_' ~ board ~ '_') %}
            {{ return(board) }}
        {% endfor %}
    {% elif node.resource_type == 'test' %}
        {% set attached = node.attached_node or (node.depends_on.nodes | first) %}
        {% if attached in graph.nodes and graph.nodes[attached].resource_type == 'model' %}
            {{ return(_opus_board_of(graph.nodes[attached])) }}
        {% endif %}
    {% endif %}
    {{ return(none) }}
{% endmacro %}
