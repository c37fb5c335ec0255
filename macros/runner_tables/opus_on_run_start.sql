{#
    Hook: before a command that builds, sees to it that the runner's tables exist and that no model of ours is about to
    replace somebody else's object.
#}
{% macro opus_on_run_start() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test', 'seed', 'snapshot', 'retry', 'clone'] %}
        {% do opus_ensure(selected_resources) %}
    {% endif %}
{% endmacro %}
