{#
    A select of the last write to each cell that the active extract has not seen.
    audit_log: the relation of mon_update_audit_log; sync_point: a CTE or relation of mon_sync_point; record: the
    columns of the log that tell records of a board apart; where: which rows of the log count, as `audit`.
#}
{% macro opus_last_writes(audit_log, sync_point, record, where) %}
    {%- set sql -%}
    select *
    from (
        select
            audit.*,
            row_number() over (
                partition by audit.board, {% for name in record %}audit.{{ name }}, {% endfor %}audit.column_id order by audit.seq desc
            ) as newest_first
        from {{ audit_log }} as audit
        inner join {{ sync_point }} as seen
            on audit.extract_id = seen.extract_id
            and audit.board = seen.board
            and audit.seq <= seen.as_of_seq
        where {{ where }}
    ) as ranked
    where newest_first = 1
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
