{# Refuses a teardown while the outcome of an operation is unknown, unless forced. #}
{% macro _opus_refuse_open_operations(found, force) %}
    {% if force or not _opus_own_object(found, 'mon_operation_event') %}{{ return('') }}{% endif %}
    {%- set query -%}
select count(*) as open_operations
from {{ found.schema }}.mon_operation_event as events
inner join (
    select operation_id, max(seq) as seq
    from {{ found.schema }}.mon_operation_event
    group by operation_id
) as newest
    on newest.operation_id = events.operation_id
    and newest.seq = events.seq
where events.event = 'SENT'
    {%- endset -%}
    {% set open = run_query(query).columns[0].values()[0] | int %}
    {% if open %}
        {% do _opus_refuse(open ~ " operations are open: what became of them at monday is not known yet; nothing was dropped. `opus-sync push --resume` finds out; --force (as a run-operation: force: true) drops them unknown.") %}
    {% endif %}
{% endmacro %}

{# An object of the runner's as _opus_present gives it, none where it is missing or not ours. #}
{% macro _opus_own_object(found, name) %}
    {{ return(found.present.get(opus_folded(name)) if _opus_is_listed(found.listed, _opus_schema_name(), name) else none) }}
{% endmacro %}
