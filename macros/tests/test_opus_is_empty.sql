{# Generic test: a model of findings has no row. Set `severity: warn` where a finding is to be seen but not to stop. #}
{% test opus_is_empty(model) %}
    select * from {{ model }}
{% endtest %}
