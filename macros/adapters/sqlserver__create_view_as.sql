{#
    dbt-sqlserver sends a view's code as a text of the database's code page, in which a column such as 日本語 becomes
    ???; tables are made from views, too. Works where this package is the root project, else by its name in the
    `dispatch` of dbt_project.yml, before dbt.
#}
{% macro sqlserver__create_view_as(relation, sql) %}
    {{ return(dbt.sqlserver__create_view_as(relation, sql) | replace("EXEC('", "EXEC(N'")) }}
{% endmacro %}
