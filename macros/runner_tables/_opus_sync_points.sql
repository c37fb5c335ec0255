{# board -> extract_id and as_of_seq of mon_sync_point as it stands; empty where it was never built. #}
{% macro _opus_sync_points() %}
    {% set points = {} %}
    {% set nodes = graph.nodes.values() | selectattr('name', 'equalto', 'mon_sync_point') | list %}
    {% if nodes and _opus_exists(nodes[0]) %}
        {% for row in run_query('select board, extract_id, as_of_seq from ' ~ nodes[0].relation_name).rows %}
            {% do points.update({row['board']: {'extract_id': row['extract_id'], 'as_of_seq': row['as_of_seq']}}) %}
        {% endfor %}
    {% endif %}
    {{ return(points) }}
{% endmacro %}

{# True where the warehouse holds the relation of a node. #}
{% macro _opus_exists(node) %}
    {% set query %}
        select count(*)
        from information_schema.tables
        where table_schema = {{ opus_literal(node.schema) }}
            and table_name = {{ opus_literal(node.alias) }}
    {% endset %}
    {{ return(run_query(query).columns[0].values()[0] > 0) }}
{% endmacro %}
