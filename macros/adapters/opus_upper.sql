{# A text in capital letters, those of every script, whatever the language of the database. #}
{% macro opus_upper(expression) %}{{ return(adapter.dispatch('opus_upper', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_upper(expression) %}{{ return('upper(' ~ expression ~ ')') }}{% endmacro %}

{# In a database of the locale C its own upper() knows no letters but those of English. #}
{% macro postgres__opus_upper(expression) %}{{ return(_opus_schema() ~ '.opus_upper(' ~ expression ~ ')') }}{% endmacro %}

{# In a Turkish collation the capital i has a dot. #}
{% macro sqlserver__opus_upper(expression) %}
    {{ return('(upper(' ~ expression ~ ' collate Latin1_General_100_BIN2) collate database_default)') }}
{% endmacro %}
