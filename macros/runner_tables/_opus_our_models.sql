{#
    The models that are ours and make an object: those over all boards, of the package that holds mon_sync_point, and
    those of each board in the var opus_boards by name. Everything else, desired models too, is the user's.
#}
{% macro _opus_our_models() %}
    {% set names = [] %}
    {% for board in var('opus_boards', {}) %}
        {% for form in ['mon_{}', 'mon_{}_subitems', 'mon_{}_base', 'mon_{}_subitems_base', 'mon_{}_groups', 'mon_{}_groups_base', 'mon_{}_board', 'mon_{}_board_base', 'staged_{}_items', 'staged_{}_subitems', 'staged_{}_groups', 'staged_{}_board', 'stg_mon_{}', 'stg_mon_{}_subitems', 'err_mon_{}', 'err_mon_{}_subitems'] %}
            {% do names.append(form.format(board)) %}
        {% endfor %}
    {% endfor %}
    {% set package = graph.nodes.values() | selectattr('name', 'equalto', 'mon_sync_point') | map(attribute='package_name') | first %}
    {% set models = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized != 'ephemeral' %}
        {% if node.name in names or (node.package_name == package and node.path.replace('\\', '/').startswith('opus/')) %}
            {% do models.append(node) %}
        {% endif %}
    {% endfor %}
    {{ return(models) }}
{% endmacro %}
