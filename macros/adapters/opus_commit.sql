{# Makes what was done since opus_begin last. #}
{% macro opus_commit() %}{{ return(adapter.dispatch('opus_commit', 'opus_sync')()) }}{% endmacro %}

{% macro default__opus_commit() %}{% do run_query('commit') %}{% endmacro %}

{% macro sqlserver__opus_commit() %}{% do run_query('if @@trancount > 0 commit transaction') %}{% endmacro %}
