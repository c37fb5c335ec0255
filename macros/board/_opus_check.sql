{# Raises where a value is not of a closed list. #}
{% macro _opus_check(what, value, allowed) %}
    {% if value not in allowed %}
        {{ exceptions.raise_compiler_error("opus_contract: " ~ what ~ " is '" ~ value ~ "', expected one of " ~ allowed | join(', ')) }}
    {% endif %}
{% endmacro %}
