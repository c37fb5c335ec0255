{#
    A text compared byte by byte, whatever the collation of the database. It stands on one side of a comparison, in
    `group by`, `partition by` or `order by`, and never in a select list: columns keep the collation of the database, so
    that no two of them clash.
#}
{% macro opus_exact(expression) %}{{ return(adapter.dispatch('opus_exact', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_exact(expression) %}
    {{ return(expression) }}
{% endmacro %}

{% macro postgres__opus_exact(expression) %}
    {{ return(expression ~ ' collate "C"') }}
{% endmacro %}

{% macro sqlserver__opus_exact(expression) %}
    {{ return(expression ~ ' collate Latin1_General_100_BIN2') }}
{% endmacro %}
