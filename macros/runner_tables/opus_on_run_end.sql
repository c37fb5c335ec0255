{#
    Hook: appends what this run did to mon_build_event, a row a node, so that a push can see whether the staged set is
    whole, tested and of the present. Nodes of a board bear its name, the extract and the seq they were built from.
    Tests on a staged model that this run built but did not test are appended as not_run.
    All rows of an invocation share one build_seq, and are there together or not at all.
#}
{% macro opus_on_run_end(results) %}
    {% if not execute or flags.WHICH not in ['build', 'run', 'test'] or not results %}{{ return('') }}{% endif %}
    {% do opus_begin() %}
    {% set points = _opus_sync_points() %}
    {% set rows = [] %}
    {% for result in results if result.node.resource_type in ['model', 'test', 'seed', 'snapshot'] %}
        {% for board in _opus_boards_of(result.node) %}
            {% do rows.append(_opus_build_event(result.node, result.status | string, result.failures, board, points)) %}
        {% endfor %}
    {% endfor %}
    {% for gate in _opus_gates_not_run(results) %}
        {% do rows.append(_opus_build_event(gate.node, 'not_run', none, gate.board, points)) %}
    {% endfor %}
    {% for statement in _opus_build_event_statements(rows) %}{% do run_query(statement) %}{% endfor %}
    {% do opus_commit() %}
    {{ return('') }}
{% endmacro %}
