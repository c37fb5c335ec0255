{# Table or view -> names of its columns, for all that the runner's schema holds. #}
{% macro _opus_present_columns() %}
    {% set query %}
        select table_name, column_name
        from information_schema.columns
        where table_schema = {{ opus_literal(var('opus_schema', 'opus')) }}
            and table_catalog = {{ opus_literal(target.database) }}
    {% endset %}
    {% set present = {} %}
    {% for row in run_query(query).rows %}
        {% do present.setdefault(row[0], []).append(row[1]) %}
    {% endfor %}
    {{ return(present) }}
{% endmacro %}
