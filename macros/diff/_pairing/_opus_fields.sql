{#
    The columns that a diff looks at: those that some desired model manages, the key and the batch column.
    Each: id, name, type, kind, scope (where the names in its lists are looked up), alias (its name in the CTEs), managed, key (position or none), on_null, on_conflict,
    create_labels, write_on_create. A column that the contract does not have, or only pulls, stops the run.
#}
{% macro _opus_fields(contract, entity, models) %}
    {% set own = contract[entity] or {'columns': [], 'key': []} %}
    {% set keys = own.key | map('lower') | list %}
    {% set carried = keys + [(contract.get('batch_by') or '') | lower] %}
    {% set system = ['monday_item_id', 'item_name', 'title', 'group_id' if entity == 'items' else 'parent_key'] %}
    {% set wanted = [] %}
    {% for model in models %}
        {% set wanted_here = model['columns'] | map('lower') | list %}
        {% do wanted.extend(wanted_here) %}
        {% do _opus_check_desired(model, own['columns'], system, carried) %}
    {% endfor %}
    {% set types = opus_column_types() %}
    {% set fields = [] %}
    {% set named = 'item_name' in wanted or 'title' in wanted %}
    {% if named or 'title' in keys %}
        {% do fields.append({
            'id': 'name', 'name': 'Title', 'type': 'name', 'kind': 'name', 'alias': 'c_name', 'managed': named,
            'key': keys.index('title') if 'title' in keys else none, 'on_null': 'keep', 'on_conflict': own.get('on_conflict', 'flag'),
            'create_labels': false, 'on_create': true,
        }) %}
    {% endif %}
    {% for column in own['columns'] %}
        {% set name = column.name | lower %}
        {% set managed = name in wanted and column.direction == 'push' %}
        {% if managed or name in carried %}
            {% set type = types[column.type] %}
            {% do fields.append(dict(column, **{
                'kind': type.kind, 'scope': _opus_relation_scope(column.id) if type.kind == 'relation' else type.kind, 'alias': 'c' ~ loop.index0, 'managed': managed, 'on_create': type.on_create,
                'key': keys.index(name) if name in keys else none,
            })) %}
        {% endif %}
    {% endfor %}
    {{ return(fields) }}
{% endmacro %}
