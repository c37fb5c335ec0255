{# One row of mon_build_event as a list of literals, without its build_seq; `points` is what _opus_sync_points gives. #}
{% macro _opus_build_event(node, status, failures, board, points) %}
    {# A table's rows only: to count those of a view is to compute it. #}
    {% set staged = _opus_is_staged(node) and node.config.materialized == 'table' and status == 'success' %}
    {% set point = points.get(board, {}) %}
    {{ return([
        opus_literal(invocation_id),
        opus_literal(node.unique_id),
        opus_literal(node.name),
        opus_literal(node.resource_type | string),
        opus_literal(status),
        failures if failures is not none else 'null',
        opus_literal((node.config.get('severity') or '') | lower),
        opus_literal(node.attached_node or ''),
        opus_literal(board) if board else 'null',
        opus_literal(point.extract_id) if point else 'null',
        point.as_of_seq if point else 'null',
        _opus_row_count(node.relation_name) if staged else 'null',
        opus_literal(node.relation_name) if node.relation_name else 'null',
        opus_literal(target.name),
        opus_now(),
    ] | join(', ')) }}
{% endmacro %}

{# True for the models whose rows are sent. #}
{% macro _opus_is_staged(node) %}
    {{ return(node.resource_type == 'model' and node.name.startswith('staged_')) }}
{% endmacro %}
