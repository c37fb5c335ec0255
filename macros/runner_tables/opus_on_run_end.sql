{#
    Hook: appends what this run did to mon_build_event, a row a node, so that a push can see whether the staged set is
    whole, tested and of the present. Nodes of a board bear its name, the extract and the seq they were built from.
    Tests on a staged model that this run built but did not test are appended as not_run.
#}
{% macro opus_on_run_end(results) %}
    {% if not execute or flags.WHICH not in ['build', 'run', 'test'] or not results %}{{ return('') }}{% endif %}
    {% set schema = _opus_schema() %}
    {% set points = _opus_sync_points() %}
    {% set values = [] %}
    {% for result in results if result.node.resource_type in ['model', 'test', 'seed', 'snapshot'] %}
        {% for board in _opus_boards_of(result.node) %}
            {% do values.append(_opus_build_event(result.node, result.status | string, result.failures, board, points)) %}
        {% endfor %}
    {% endfor %}
    {% for gate in _opus_gates_not_run(results) %}
        {% do values.append(_opus_build_event(gate.node, 'not_run', none, gate.board, points)) %}
    {% endfor %}
    {% if not values %}{{ return('') }}{% endif %}
    {% for chunk in values | batch(500) %}
        {% do run_query(_opus_insert_build_events(schema, chunk, first=loop.first)) %}
    {% endfor %}
    {{ return('') }}
{% endmacro %}
