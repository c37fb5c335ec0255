{# The functions and the procedure that are deployed beside the runner's tables: a list of {name, type, statements}. #}
{% macro _opus_routines() %}
    {% set procedure = opus_rollback_procedure(_opus_schema()) %}
    {{ return(opus_functions(_opus_schema()) + ([procedure] if procedure else [])) }}
{% endmacro %}
