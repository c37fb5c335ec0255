{# A plain decimal: no exponent, no sign but minus, no zeros that say nothing. #}
{% macro _opus_canonical_number(text) %}
    {% set number = opus_try_cast(text, 'decimal') %}
    {{ return("coalesce(rtrim(rtrim(" ~ opus_text(number) ~ ", '0'), '.'), " ~ text ~ ")") }}
{% endmacro %}
