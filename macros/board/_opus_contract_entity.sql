{# What a contract says of items, subitems, groups or the board itself; closed lists are checked, so that a typo stops the run. #}
{% macro _opus_contract_entity(node, meta) %}
    {% set columns = [] %}
    {% for column in node.columns.values() %}
        {% set monday = column.get('config', {}).get('meta', {}).get('monday') or column.get('meta', {}).get('monday') %}
        {% if monday %}
            {% set entry = {
                'name': column.name,
                'id': monday.id,
                'type': monday.type,
                'direction': 'pull' if monday.get('missing') else monday.get('direction', 'pull'),
                'missing': monday.get('missing', false),
                'on_null': monday.get('on_null', 'keep'),
                'on_conflict': monday.get('on_conflict', 'flag'),
                'create_labels': monday.get('create_labels', false),
            } %}
            {% set where = node.name ~ '.' ~ column.name %}
            {% do _opus_check(where ~ ' type', entry.type, opus_column_types().keys() | list) %}
            {% do _opus_check(where ~ ' direction', entry.direction, ['push', 'pull']) %}
            {% do _opus_check(where ~ ' on_null', entry.on_null, ['keep', 'clear']) %}
            {% do _opus_check(where ~ ' on_conflict', entry.on_conflict, ['flag', 'overwrite', 'keep']) %}
            {% do columns.append(entry) %}
        {% endif %}
    {% endfor %}
    {% set entity = {
        'entity': meta.get('entity', 'items'),
        'model': node.name,
        'key': [meta.key] if meta.key is string else (meta.key or []),
        'on_new': meta.get('on_new', 'ignore'),
        'on_missing': meta.get('on_missing', 'ignore'),
        'on_conflict': meta.get('on_conflict', 'flag'),
        'size_label': meta.get('size_label'),
        'order_qty': meta.get('order_qty'),
        'columns': columns,
    } %}
    {% set names = columns | map(attribute='name') | map('lower') | list %}
    {% for rule in ['size_label', 'order_qty'] if entity[rule] %}
        {% do _opus_check(node.name ~ ' ' ~ rule, entity[rule] | lower, names) %}
    {% endfor %}
    {% do _opus_check(node.name ~ ' entity', entity.entity, ['items', 'subitems', 'groups', 'board']) %}
    {% do _opus_check(node.name ~ ' on_new', entity.on_new, ['create', 'ignore']) %}
    {% do _opus_check(node.name ~ ' on_missing', entity.on_missing, ['ignore', 'archive'] if entity.entity == 'groups' else ['ignore', 'archive', 'delete']) %}
    {% do _opus_check(node.name ~ ' on_conflict', entity.on_conflict, ['flag', 'overwrite', 'keep']) %}
    {{ return(entity) }}
{% endmacro %}
