{# A name as the warehouse compares it: two names whose folded forms are equal are one. #}
{% macro opus_folded(name) %}{{ return(adapter.dispatch('opus_folded', 'opus_sync')(name)) }}{% endmacro %}

{% macro default__opus_folded(name) %}{{ return(name | lower) }}{% endmacro %}

{% macro postgres__opus_folded(name) %}{{ return(name) }}{% endmacro %}

{# The same in SQL. #}
{% macro opus_folded_sql(expression) %}{{ return(adapter.dispatch('opus_folded_sql', 'opus_sync')(expression)) }}{% endmacro %}

{% macro default__opus_folded_sql(expression) %}{{ return('lower(' ~ expression ~ ')') }}{% endmacro %}

{% macro postgres__opus_folded_sql(expression) %}{{ return(expression) }}{% endmacro %}
