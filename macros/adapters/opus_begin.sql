{#
    Opens a transaction in which statements of run_query are kept together until opus_commit, and which no other run
    of ours shares: what is looked up inside still holds when it is acted on. Hooks run outside of dbt's own
    transactions, and what psycopg2 opens by itself nobody would commit.
#}
{% macro opus_begin() %}{{ return(adapter.dispatch('opus_begin', 'opus_sync')()) }}{% endmacro %}

{# One process at a time has the file open. #}
{% macro duckdb__opus_begin() %}{% do run_query('begin transaction') %}{% endmacro %}

{% macro postgres__opus_begin() %}
    {% do run_query('begin') %}
    {% do run_query("select pg_advisory_xact_lock(hashtext('opus_sync'))") %}
{% endmacro %}

{% macro sqlserver__opus_begin() %}
    {% do run_query("begin transaction; declare @lock int; exec @lock = sp_getapplock @Resource = N'opus_sync', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 60000; if @lock < 0 throw 50000, N'another run of opus-sync is changing the runner''s tables', 1;") %}
{% endmacro %}
