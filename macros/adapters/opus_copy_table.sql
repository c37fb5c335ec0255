{# A statement that makes a table with the rows of another; both names quoted, with their schemas. #}
{% macro opus_copy_table(from, to) %}{{ return(adapter.dispatch('opus_copy_table', 'opus_sync')(from, to)) }}{% endmacro %}

{% macro default__opus_copy_table(from, to) %}{{ return('create table ' ~ to ~ ' as select * from ' ~ from) }}{% endmacro %}

{% macro sqlserver__opus_copy_table(from, to) %}{{ return('select * into ' ~ to ~ ' from ' ~ from) }}{% endmacro %}
