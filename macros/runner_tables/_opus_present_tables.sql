{# Names of the tables and views that the runner's schema holds. #}
{% macro _opus_present_tables() %}
    {% set query %}
        select table_name
        from information_schema.tables
        where table_schema = {{ opus_literal(var('opus_schema', 'opus')) }}
            and table_catalog = {{ opus_literal(target.database) }}
    {% endset %}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}
