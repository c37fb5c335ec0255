{#
    The inserts of build events, some hundred a statement; to be called after opus_begin, which keeps their build_seq
    theirs. Plain rows of literals, whose NULLs every warehouse takes for the column's type.
#}
{% macro _opus_build_event_statements(rows) %}
    {% set table = _opus_schema() ~ '.mon_build_event' %}
    {% set columns = opus_runner_tables()['mon_build_event'].keys() | join(', ') %}
    {% set build_seq = (run_query('select max(build_seq) as build_seq from ' ~ table).columns[0].values()[0] or 0) | int + 1 %}
    {% set statements = [] %}
    {% for chunk in rows | batch(500) %}
        {% set values = [] %}
        {% for row in chunk %}{% do values.append('(' ~ build_seq ~ ', ' ~ row ~ ')') %}{% endfor %}
        {% do statements.append('insert into ' ~ table ~ ' (' ~ columns ~ ')\nvalues\n    ' ~ values | join(',\n    ')) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}
