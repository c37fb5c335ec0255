{# What the names of other people's objects end with once they were renamed. #}
{% macro _opus_kept_suffix() %}{{ return('_before_opus') }}{% endmacro %}
