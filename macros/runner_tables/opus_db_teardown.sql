{#
    Drops what mon_layout lists and nothing else, all of it or none: models, the procedure, the runner's tables, and
    their schema where it is empty then. Before that every table of the runner's is copied into the schema
    <opus_schema>_backup_<moment>. Refuses while an operation is open, whose outcome only those tables can tell.
    confirm: true drops, otherwise it only says what it would do; backup: false makes no copy; force: true drops open
    operations too. output: text, or json for one line that programs read.
#}
{% macro opus_db_teardown(confirm=false, backup=true, force=false, output='text') %}
    {% do _opus_check_db_arguments('opus_db_teardown', output, {'confirm': confirm, 'backup': backup, 'force': force}) %}
    {% do opus_begin() %}
    {% set found = _opus_found() %}
    {% do _opus_refuse_open_operations(found, force) %}
    {% set copied = _opus_backup(found, confirm) if backup else {} %}
    {% set dropped = _opus_drop_listed(found, confirm) %}
    {% do opus_commit() %}
    {% set lines = [] %}
    {% for table, rows in copied.rows.items() if copied %}
        {% do lines.append(('copied ' if confirm else 'would copy ') ~ rows ~ ' rows of ' ~ table ~ ' to ' ~ copied.schema) %}
    {% endfor %}
    {% for object in dropped %}{% do lines.append(('dropped ' if confirm else 'would drop ') ~ object) %}{% endfor %}
    {% if not dropped %}{% do lines.append('nothing of ours is here') %}{% endif %}
    {% if dropped and not confirm %}{% do lines.append('nothing was dropped; --confirm drops (as a run-operation: confirm: true)') %}{% endif %}
    {% do _opus_report('opus_db_teardown', output, 0, lines, {'confirmed': confirm, 'backup': copied, 'dropped': dropped}) %}
{% endmacro %}
