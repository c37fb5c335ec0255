{# Raises where an argument of a run-operation is not what it can be; switches: name -> value, each true or false. #}
{% macro _opus_check_db_arguments(macro, output, switches={}) %}
    {% if output not in ['text', 'json'] %}
        {{ exceptions.raise_compiler_error(macro ~ ": output is '" ~ output ~ "', it can be text or json; nothing was done") }}
    {% endif %}
    {% for name, value in switches.items() if value is not boolean %}
        {{ exceptions.raise_compiler_error(macro ~ ": " ~ name ~ " is '" ~ value ~ "', it can be true or false; nothing was done") }}
    {% endfor %}
{% endmacro %}
