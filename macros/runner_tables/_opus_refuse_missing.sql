{# Refuses where a table of the runner's is missing, or a column of it; found: see _opus_found. #}
{% macro _opus_refuse_missing(found) %}
    {% do _opus_refuse_foreign(_opus_foreign_tables(found)) %}
    {% set missing = [] %}
    {% for table, columns in opus_runner_tables().items() %}
        {% set object = found.present.get(opus_folded(table)) %}
        {% if not object %}
            {% do missing.append(table) %}
        {% else %}
            {% for column in columns if opus_folded(column) not in object.columns %}{% do missing.append(table ~ '.' ~ column) %}{% endfor %}
        {% endif %}
    {% endfor %}
    {% if missing %}
        {% do _opus_refuse(missing | join(', ') ~ ' missing in ' ~ found.schema ~ ", and the var opus_manage_ddl is false: nothing was created. `opus-sync db script` prints the SQL that creates it, for who may.") %}
    {% endif %}
{% endmacro %}
