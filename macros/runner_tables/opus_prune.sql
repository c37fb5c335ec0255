{#
    Takes away what boards need no more after so many days: the rows of extracts (mon_raw_*) that are not in force, and
    of operations that came to an end the request that was sent. Events, audit rows and staged rows stay, as does all
    that an open or failed operation may still be asked for.
    keep: board -> days. confirm: true removes, otherwise it only says what it would do. output: text, or json for one
    line that programs read.
#}
{% macro opus_prune(keep, confirm=false, output='text') %}
    {% do _opus_check_db_arguments('opus_prune', output, {'confirm': confirm}) %}
    {% do opus_begin() %}
    {% set found = _opus_found() %}
    {% if not _opus_own_object(found, 'mon_extract') %}
        {% do _opus_refuse("the runner's tables are not in " ~ found.schema ~ ": there is nothing to prune. `opus-sync pull` makes them.") %}
    {% endif %}
    {% set pruned = [] %}
    {% for board, days in keep.items() %}{% do pruned.append(_opus_prune_board(board, days, confirm)) %}{% endfor %}
    {% do opus_commit() %}
    {% set lines = [] %}
    {% for one in pruned %}
        {% set rows = '{:,}'.format(one.rows.values() | sum) %}
        {% do lines.append(one.board ~ ', before ' ~ one.before ~ (': removed ' if confirm else ': would remove ') ~ rows ~ ' rows of ' ~ '{:,}'.format(one.extracts) ~ ' extracts, and the requests of ' ~ '{:,}'.format(one.requests) ~ ' operations') %}
    {% endfor %}
    {% if not confirm %}{% do lines.append('nothing was removed; --confirm removes (as a run-operation: confirm: true)') %}{% endif %}
    {% do _opus_report('opus_prune', output, 0, lines, {'confirmed': confirm, 'boards': pruned}) %}
{% endmacro %}

{# Prunes one board, or counts what there is to prune: {board, before, extracts, rows by table, requests}. #}
{% macro _opus_prune_board(board, days, confirm) %}
    {% set before = (run_started_at - modules.datetime.timedelta(days=days)).strftime('%Y-%m-%d %H:%M:%S') %}
    {% set extracts = _opus_old_extracts(board, before) %}
    {% set requests = _opus_old_requests(board, before) %}
    {% set old = '(select distinct extract_id from ' ~ _opus_schema() ~ '.mon_raw_board where extract_id in (' ~ extracts ~ ')) as old_extracts' %}
    {% set extract_count = _opus_row_count(old) %}
    {% set counts = {} %}
    {% for table in opus_runner_tables() if table.startswith('mon_raw_') %}
        {% set rows = _opus_schema() ~ '.' ~ table ~ ' where extract_id in (' ~ extracts ~ ')' %}
        {% do counts.update({table: _opus_row_count(rows)}) %}
        {% if confirm %}{% do run_query('delete from ' ~ rows) %}{% endif %}
    {% endfor %}
    {% set events = _opus_schema() ~ '.mon_operation_event' %}
    {% set request_count = _opus_row_count(events ~ ' where ' ~ requests) %}
    {% if confirm %}
        {% do run_query('update ' ~ events ~ ' set payload = null, sent_fields = null, seen_fields = null where ' ~ requests) %}
    {% endif %}
    {{ return({'board': board, 'before': before, 'extracts': extract_count, 'rows': counts, 'requests': request_count}) }}
{% endmacro %}

{#
    A select of a board's extracts whose last event is older, without the one in force, those that its models were
    built on last, target by target (views read it until the next build) and those that open operations lie on.
#}
{% macro _opus_old_extracts(board, before) %}
    {%- set sql -%}
select old.extract_id
from {{ _opus_schema() }}.mon_extract as old
where old.board = {{ opus_literal(board) }}
    and not exists (
        select 1
        from {{ _opus_schema() }}.mon_extract as active
        where active.extract_id = old.extract_id
            and active.status = 'ACTIVE'
            and active.seq = (
                select max(seq)
                from {{ _opus_schema() }}.mon_extract
                where board = {{ opus_literal(board) }}
                    and status = 'ACTIVE'
            )
    )
    and not exists (
        select 1
        from {{ _opus_schema() }}.mon_build_event as built
        where built.extract_id = old.extract_id
            and built.board = {{ opus_literal(board) }}
            and built.build_seq = (
                select max(newest.build_seq)
                from {{ _opus_schema() }}.mon_build_event as newest
                where newest.board = {{ opus_literal(board) }}
                    and newest.target = built.target
                    and newest.extract_id is not null
            )
    )
    and not exists (
        select 1
        from {{ _opus_schema() }}.mon_operation_event as sent
        where sent.board = {{ opus_literal(board) }}
            and sent.event = 'SENT'
            and {{ opus_json_get('sent.staged_row', 'extract_id') }} = old.extract_id
            and not exists (
                select 1
                from {{ _opus_schema() }}.mon_operation_event as later
                where later.board = {{ opus_literal(board) }}
                    and later.operation_id = sent.operation_id
                    and later.seq > sent.seq
            )
    )
group by old.extract_id
having max(old.recorded_at) < {{ _opus_moment(before) }}
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# The condition on mon_operation_event for requests that nothing reads any more: their operation ended before, and not as FAILED. #}
{% macro _opus_old_requests(board, before) %}
    {%- set sql -%}
board = {{ opus_literal(board) }}
    and (payload is not null or sent_fields is not null or seen_fields is not null)
    and operation_id in (
        select ended.operation_id
        from {{ _opus_schema() }}.mon_operation_event as ended
        inner join (
            select operation_id, max(seq) as seq
            from {{ _opus_schema() }}.mon_operation_event
            where board = {{ opus_literal(board) }}
            group by operation_id
        ) as newest
            on ended.operation_id = newest.operation_id
            and ended.seq = newest.seq
        where ended.board = {{ opus_literal(board) }}
            and ended.event not in ('SENT', 'FAILED')
            and ended.recorded_at < {{ _opus_moment(before) }}
    )
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# A moment in UTC as the runner's tables hold it. #}
{% macro _opus_moment(text) %}{{ return('cast(' ~ opus_literal(text) ~ ' as ' ~ opus_type('timestamp') ~ ')') }}{% endmacro %}
