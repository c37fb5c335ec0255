{#
    Hook: appends what this run did to mon_build_event, a row a node, so that a push can see whether the staged set is
    whole, tested and of the present. Nodes of a board bear its name, the extract and the seq they were built from.
#}
{% macro opus_on_run_end(results) %}
    {% if not execute or flags.WHICH not in ['build', 'run', 'test'] or not results %}{{ return('') }}{% endif %}
    {% set schema = _opus_schema() %}
    {% set points = _opus_sync_points() %}
    {% set values = [] %}
    {% for result in results if result.node.resource_type in ['model', 'test', 'seed', 'snapshot'] %}
        {% set node = result.node %}
        {% set staged = node.resource_type == 'model' and node.name.startswith('staged_') and result.status == 'success' %}
        {% for board in _opus_boards_of(node) %}
            {% set point = points.get(board, {}) %}
            {% do values.append('(' ~ [
                opus_literal(invocation_id),
                opus_literal(node.unique_id),
                opus_literal(node.name),
                opus_literal(node.resource_type),
                opus_literal(result.status | string),
                result.failures if result.failures is not none else 'null',
                opus_literal((node.config.get('severity') or '') | lower),
                opus_literal(node.attached_node or ''),
                opus_literal(board) if board else 'null',
                opus_literal(point.extract_id) if point else 'null',
                point.as_of_seq if point else 'null',
                _opus_row_count(node.relation_name) if staged else 'null',
                opus_literal(node.relation_name) if node.relation_name else 'null',
                opus_literal(target.name),
                opus_now(),
            ] | join(', ') ~ ')') %}
        {% endfor %}
    {% endfor %}
    {% if not values %}{{ return('') }}{% endif %}
    {% for chunk in values | batch(500) %}
        {% do run_query(_opus_insert_build_events(schema, chunk, first=loop.first)) %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
