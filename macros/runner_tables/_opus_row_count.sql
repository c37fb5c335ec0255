{# A scalar subquery that counts the rows of a relation. #}
{% macro _opus_row_count(relation_name) %}{{ return('(select count(*) from ' ~ relation_name ~ ')') }}{% endmacro %}
