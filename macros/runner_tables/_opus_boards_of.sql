{#
    The boards that a node belongs to: models bear theirs in their folder (models/monday/<board>/) or their name
    (desired_<board>_…), tests those of the models they read, so that a test over all boards speaks for each of them.
    Gives [none] for a node of no board.
#}
{% macro _opus_boards_of(node) %}
    {% set boards = [] %}
    {% if node.resource_type == 'test' %}
        {% for parent in node.depends_on.nodes if parent in graph.nodes %}
            {% set board = _opus_board_of_model(graph.nodes[parent]) %}
            {% if board and board not in boards %}{% do boards.append(board) %}{% endif %}
        {% endfor %}
    {% else %}
        {% do boards.append(_opus_board_of_model(node)) %}
    {% endif %}
    {{ return(boards or [none]) }}
{% endmacro %}

{# The board of a model, none for any other node. #}
{% macro _opus_board_of_model(node) %}
    {% set path = node.original_file_path | replace('\\', '/') %}
    {% if node.resource_type == 'model' and '/monday/' in path %}
        {{ return(path.split('/monday/')[1].split('/')[0]) }}
    {% endif %}
    {% for board in var('opus_boards', {}) if node.resource_type == 'model' and node.name.startswith('desired_' ~ board ~ '_') %}
        {{ return(board) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
