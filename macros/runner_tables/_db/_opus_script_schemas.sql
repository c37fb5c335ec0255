{# Statements that create the schemas that are missing. #}
{% macro _opus_script_schemas(names) %}
    {% set statements = [] %}
    {% for name in names %}{% do statements.append(opus_create_schema(name)) %}{% endfor %}
    {{ return(statements) }}
{% endmacro %}
