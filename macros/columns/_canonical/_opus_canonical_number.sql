{# A plain decimal: no exponent, no sign but minus, no zeros that say nothing. #}
{% macro _opus_canonical_number(text) %}
    {% set number = opus_try_cast(text, 'decimal') %}
    {{ return("coalesce(" ~ opus_plain_number(number) ~ ", " ~ text ~ ")") }}
{% endmacro %}
