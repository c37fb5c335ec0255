{# A text in small letters, those of every script, whatever the language of the database. #}
{% macro opus_lower(expression) %}{{ return(adapter.dispatch('opus_lower', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_lower(expression) %}{{ return('lower(' ~ expression ~ ')') }}{% endmacro %}

{# In a database of the locale C its own lower() knows no letters but those of English. #}
{% macro postgres__opus_lower(expression) %}{{ return(_opus_schema() ~ '.opus_lower(' ~ expression ~ ')') }}{% endmacro %}

{# In a Turkish collation the small I has no dot. #}
{% macro sqlserver__opus_lower(expression) %}
    {{ return('(lower(' ~ expression ~ ' collate Latin1_General_100_BIN2) collate database_default)') }}
{% endmacro %}
