{# The number of rows of a relation. #}
{% macro _opus_row_count(relation) %}
    {{ return(run_query('select count(*) as row_count from ' ~ relation).columns[0].values()[0] | int) }}
{% endmacro %}
