{#
    The procedure that asks for a batch to be rolled back, as {name, type, statements}; {} where the warehouse has none.
    schema: the quoted schema of the runner's tables. It appends a request and sends nothing, as the run-operation
    sp_rollback_batch does.
#}
{% macro opus_rollback_procedure(schema) %}
    {{ return(adapter.dispatch('opus_rollback_procedure', 'opus_sync')(schema)) }}
{% endmacro %}

{% macro duckdb__opus_rollback_procedure(schema) %}{{ return({}) }}{% endmacro %}

{# With its owner's rights, so that who may ask needs none on the table; the request bears who is logged in. #}
{% macro postgres__opus_rollback_procedure(schema) %}
    {% set name = schema ~ '.sp_rollback_batch' %}
    {%- set statement -%}
create or replace procedure {{ name }}(batch_id text, reason text)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $opus$
#variable_conflict use_column
declare
    batch_board text;
begin
    if coalesce(trim(sp_rollback_batch.batch_id), '') = '' or coalesce(trim(sp_rollback_batch.reason), '') = '' then
        raise exception 'sp_rollback_batch needs a batch_id and a reason; nothing was requested';
    end if;
    select max(events.board) into batch_board
    from {{ schema }}.mon_batch_event as events
    where events.batch_id = sp_rollback_batch.batch_id;
    if batch_board is null then
        raise exception 'there is no batch %; nothing was requested. mon_batch_processing lists the batches', sp_rollback_batch.batch_id;
    end if;
    {{ _opus_insert_rollback_request(schema, 'batch_board', 'sp_rollback_batch.batch_id', 'sp_rollback_batch.reason', 'session_user') }};
end
$opus$
    {%- endset -%}
    {{ return({'name': 'sp_rollback_batch', 'type': 'procedure', 'statements': [statement, 'revoke all on procedure ' ~ name ~ '(text, text) from public']}) }}
{% endmacro %}

{# The batch id as it is stored: a comparison there may be blind to case and trailing spaces. #}
{% macro sqlserver__opus_rollback_procedure(schema) %}
    {%- set statement -%}
create or alter procedure {{ opus_identifier(_opus_schema_name()) }}.[SP_RollbackBatch]
    @batch_id nvarchar(450),
    @reason nvarchar(max)
as
begin
    set nocount on;
    set xact_abort on;
    declare @board nvarchar(450);
    declare @problem nvarchar(2000);
    if coalesce(ltrim(@batch_id), N'') = N'' or coalesce(ltrim(@reason), N'') = N''
        throw 50000, N'SP_RollbackBatch needs @batch_id and @reason; nothing was requested', 1;
    set @board = (select max(board) from {{ schema }}.mon_batch_event where batch_id = @batch_id);
    set @batch_id = coalesce((select max(batch_id) from {{ schema }}.mon_batch_event where batch_id = @batch_id), @batch_id);
    if @board is null
    begin
        set @problem = concat(N'there is no batch ', @batch_id, N'; nothing was requested. mon_batch_processing lists the batches');
        throw 50000, @problem, 1;
    end;
    {{ _opus_insert_rollback_request(schema, '@board', '@batch_id', '@reason', 'original_login()') }};
end
    {%- endset -%}
    {{ return({'name': 'SP_RollbackBatch', 'type': 'procedure', 'statements': [statement]}) }}
{% endmacro %}
