{#
    The objects in a schema: folded name -> {name, type, columns: {column: type}}. Names are folded as the warehouse
    compares them, those of columns too.
#}
{% macro _opus_present(schema, database=none) %}
    {% set present = {} %}
    {% for row in run_query(opus_catalog(schema, database)).rows %}
        {% set object = present.setdefault(opus_folded(row[0]), {'name': row[0], 'type': row[1], 'columns': {}}) %}
        {% if row[2] is not none %}{% do object.columns.update({opus_folded(row[2]): row[3]}) %}{% endif %}
    {% endfor %}
    {{ return(present) }}
{% endmacro %}
