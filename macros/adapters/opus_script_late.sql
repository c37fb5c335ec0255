{#
    A statement of a script in the form in which it is looked at only when its turn comes: SQL Server compiles a batch as a
    whole, and columns that the batch adds are not there yet.
#}
{% macro opus_script_late(statement) %}{{ return(adapter.dispatch('opus_script_late', 'opus_sync')(statement)) }}{% endmacro %}

{% macro default__opus_script_late(statement) %}{{ return(statement) }}{% endmacro %}

{% macro sqlserver__opus_script_late(statement) %}{{ return('exec (' ~ opus_literal(statement) ~ ')') }}{% endmacro %}
