{# The insert of one chunk of build events; all chunks of an invocation share one build_seq. #}
{% macro _opus_insert_build_events(schema, rows, first) %}
    {% set columns = opus_runner_tables()['mon_build_event'].keys() | list %}
    {% set build_seq = 'coalesce(max(build_seq), 0) + 1' if first else 'max(build_seq)' %}
    {%- set sql %}
insert into {{ schema }}.mon_build_event ({{ columns | join(', ') }})
select counter.build_seq, events.*
from (
    values
    {{ rows | join(',\n    ') }}
) as events ({{ columns[1:] | join(', ') }})
cross join (select {{ build_seq }} as build_seq from {{ schema }}.mon_build_event) as counter
    {% endset %}
    {{ return(sql) }}
{% endmacro %}
