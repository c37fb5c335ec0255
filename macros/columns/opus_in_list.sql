{# A test whether an expression is one of a list of texts. #}
{% macro opus_in_list(expression, values) %}
    {{ return(opus_exact(expression) ~ " in ('" ~ values | join("', '") ~ "')") }}
{% endmacro %}
