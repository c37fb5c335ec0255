{#
    Asks for a batch to be rolled back, for people who work in SQL:
    dbt run-operation sp_rollback_batch --args '{batch_id: …, reason: …}'.
    batch_id: a batch of mon_batch_processing; reason: a text that stays in mon_update_audit beside each cell.
    Appends a row to mon_rollback_request and sends nothing; `opus-sync rollback --pending --live` carries it out.
#}
{% macro sp_rollback_batch(batch_id=none, reason=none) %}
    {% set schema = _opus_schema() %}
    {% for argument, value in {'batch_id': batch_id, 'reason': reason}.items() %}
        {% if not (value | default('', true) | string | trim) %}
            {{ exceptions.raise_compiler_error("sp_rollback_batch: " ~ argument ~ " is missing; nothing was requested. Use --args '{batch_id: ..., reason: ...}'.") }}
        {% endif %}
    {% endfor %}
    {% set boards = run_query('select distinct board from ' ~ schema ~ '.mon_batch_event where batch_id = ' ~ opus_literal(batch_id | string)).columns[0].values() %}
    {% if not boards %}
        {{ exceptions.raise_compiler_error("sp_rollback_batch: there is no batch '" ~ batch_id ~ "' in " ~ schema ~ ".mon_batch_event; nothing was requested. mon_batch_processing lists the batches.") }}
    {% endif %}
    {% set who = target.get('user') or env_var('USER', env_var('USERNAME', 'dbt')) %}
    {% do opus_begin() %}
    {% do run_query(_opus_insert_rollback_request(schema, opus_literal(boards[0]), opus_literal(batch_id), opus_literal(reason), opus_literal(who))) %}
    {% do opus_commit() %}
    {% do log("requested: roll back batch " ~ batch_id ~ " of board " ~ boards[0] ~ " (" ~ reason ~ "); nothing was sent. Carry it out with `opus-sync rollback --pending --live`.", info=true) %}
{% endmacro %}

{#
    The insert of a rollback request with the board's next seq: the highest of all its counters, and one. The values are
    SQL: literals, or the parameters of a procedure.
#}
{% macro _opus_insert_rollback_request(schema, board, batch_id, reason, who) %}
    {% set counters = [] %}
    {% for table, columns in opus_runner_tables().items() if 'seq' in columns %}
        {% do counters.append('select max(seq) as seq from ' ~ schema ~ '.' ~ table ~ ' where board = ' ~ board) %}
    {% endfor %}
    {%- set sql -%}
insert into {{ schema }}.mon_rollback_request (seq, board, batch_id, reason, requested_by, recorded_at)
select
    coalesce(max(counters.seq), 0) + 1,
    {{ board }},
    {{ batch_id }},
    {{ reason }},
    {{ who }},
    {{ opus_now() }}
from (
    {{ counters | join('\n    union all\n    ') }}
) as counters
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
