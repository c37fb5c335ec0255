{# Hook: sees to it that the runner's tables exist before a command that builds. #}
{% macro opus_on_run_start() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test', 'seed', 'snapshot'] %}
        {% do opus_deploy() %}
    {% endif %}
{% endmacro %}
