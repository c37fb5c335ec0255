{#
    Says what a run-operation did: lines for people, or one line of JSON behind a mark, which opus-sync looks for.
    exit_code 1 means that something was found wrong; as text that fails the run-operation.
#}
{% macro _opus_report(macro, output, exit_code, lines, data) %}
    {% if output == 'json' %}
        {% do print('opus_sync_answer ' ~ tojson({'exit_code': exit_code, 'lines': lines, 'data': data})) %}
    {% else %}
        {% for line in lines %}{% do log(line, info=true) %}{% endfor %}
        {% if exit_code %}{{ exceptions.raise_compiler_error(macro ~ ': ' ~ lines[-1]) }}{% endif %}
    {% endif %}
{% endmacro %}
