{#
    The statements that create a table, or add the columns it lacks. relation: its full name; columns: column -> kind;
    present: the table as _opus_present gives it, none where there is no table.
#}
{% macro _opus_table_statements(relation, columns, present=none) %}
    {% set missing = [] %}
    {% for column, kind in columns.items() if not present or opus_folded(column) not in present.columns %}
        {% do missing.append(opus_identifier(column) ~ ' ' ~ opus_type(kind)) %}
    {% endfor %}
    {% if not present %}
        {{ return(['create table ' ~ relation ~ ' (' ~ missing | join(', ') ~ ')']) }}
    {% endif %}
    {# One column a statement and no word `column`: the form that every warehouse takes. #}
    {% set statements = [] %}
    {% for definition in missing %}{% do statements.append('alter table ' ~ relation ~ ' add ' ~ definition) %}{% endfor %}
    {{ return(statements) }}
{% endmacro %}
