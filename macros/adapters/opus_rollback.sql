{# Takes back what was done since opus_begin. #}
{% macro opus_rollback() %}{{ return(adapter.dispatch('opus_rollback', 'opus_sync')()) }}{% endmacro %}

{% macro default__opus_rollback() %}{% do run_query('rollback') %}{% endmacro %}

{% macro sqlserver__opus_rollback() %}{% do run_query('if @@trancount > 0 rollback transaction') %}{% endmacro %}
