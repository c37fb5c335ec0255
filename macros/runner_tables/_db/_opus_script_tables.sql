{#
    Statements of a script for the runner's tables: mon_layout first, for it says what the others may be. Nothing is made
    where an object of our names is not listed, or the layout is newer.
#}
{% macro _opus_script_tables() %}
    {% set schema = _opus_schema() %}
    {% set tables = opus_runner_tables() %}
    {% set catalog = opus_catalog(_opus_schema_name()) %}
    {% set is_layout = opus_folded_sql('objects.object_name') ~ " = 'mon_layout'" %}
    {% set lacking = "select object_name\nfrom (\n" ~ catalog ~ "\n) as objects\nwhere " ~ is_layout ~ "\ngroup by object_name\nhaving count(case when column_name in ('object_name', 'object_type', 'layout_version') then 1 end) < 3" %}
    {% set newer = "select concat('layout version ', max(layout_version)) as object_name\nfrom " ~ schema ~ ".mon_layout\nhaving max(layout_version) > " ~ opus_layout_version() %}
    {% set statements = [opus_script_refuse(lacking, _opus_not_ours())] + opus_script_table('mon_layout', tables['mon_layout']) %}
    {% do statements.append(opus_script_refuse(newer, 'is newer than this script, which is of ' ~ opus_layout_version() ~ '; nothing was changed')) %}
    {% do statements.append(_opus_script_list('mon_layout', 'table', _opus_schema_name())) %}
    {% do statements.append(_opus_script_refuse_foreign(_opus_schema_name(), _opus_runner_objects().keys() | list)) %}
    {% for table, columns in tables.items() if table != 'mon_layout' %}
        {% for statement in opus_script_table(table, columns) %}{% do statements.append(statement) %}{% endfor %}
    {% endfor %}
    {% for name, type in _opus_runner_objects().items() if name != 'mon_layout' %}
        {% do statements.append(_opus_script_list(name, type, _opus_schema_name())) %}
    {% endfor %}
    {% for routine in _opus_routines() %}
        {% for statement in routine.statements %}{% do statements.append(opus_script_late(statement)) %}{% endfor %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{# The end of the sentence that names somebody else's object. #}
{% macro _opus_not_ours() %}{{ return('was not made by opus-sync; nothing was changed. Rename it, or let opus-sync db adopt --confirm do so') }}{% endmacro %}
