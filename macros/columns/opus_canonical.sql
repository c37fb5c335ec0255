{#
    A value of the desired side in the one form in which values are compared; what cannot be read stays as it is
    written, so that validation can show it.
    kind: see opus_column_types (lists are resolved by opus_list_values); expression: any SQL type; timezone: IANA name.
#}
{% macro opus_canonical(kind, expression, timezone='UTC') %}
    {% set text = "nullif(trim(" ~ opus_text(expression) ~ "), '')" %}
    {% if kind in ['text', 'long_text', 'name', 'status', 'zone'] %}
        {{ return("nullif(rtrim(" ~ opus_text(expression) ~ "), '')") }}
    {% elif kind in opus_list_kinds() %}
        {{ return(text) }}
    {% elif kind in ['number', 'rating'] %}
        {{ return(_opus_canonical_number(text)) }}
    {% elif kind == 'date' %}
        {{ return(opus_utc_text(expression, timezone)) }}
    {% elif kind == 'checkbox' %}
        {{ return(_opus_canonical_checkbox(text)) }}
    {% elif kind == 'country' %}
        {{ return("upper(" ~ text ~ ")") }}
    {% elif kind == 'color' %}
        {{ return(_opus_canonical_color(text)) }}
    {% elif kind == 'hour' %}
        {{ return(_opus_canonical_hour(text)) }}
    {% elif kind in ['timeline', 'week'] %}
        {{ return(_opus_canonical_span(kind, text)) }}
    {% elif kind in ['email', 'link', 'phone', 'location'] %}
        {{ return(_opus_canonical_composite(kind, text)) }}
    {% else %}
        {{ exceptions.raise_compiler_error("opus_canonical: unknown kind '" ~ kind ~ "'") }}
    {% endif %}
{% endmacro %}
