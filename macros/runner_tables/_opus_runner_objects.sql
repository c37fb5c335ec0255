{# Everything that deploying makes: name -> type (table, function, procedure). #}
{% macro _opus_runner_objects() %}
    {% set objects = {} %}
    {% for table in opus_runner_tables() %}{% do objects.update({table: 'table'}) %}{% endfor %}
    {% for routine in _opus_routines() %}{% do objects.update({routine.name: routine.type}) %}{% endfor %}
    {{ return(objects) }}
{% endmacro %}
