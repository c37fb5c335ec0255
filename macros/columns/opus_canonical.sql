{#
    A value of the desired side in the one form in which values are compared; what cannot be read stays as it is
    written, so that validation can show it.
    kind: see opus_column_types (lists are resolved by opus_list_values); expression: any SQL type; timezone: IANA name.
#}
{% macro opus_canonical(kind, expression, timezone='UTC') %}
    {{ return(_opus_canonical_of(kind, _opus_plain_text(kind, expression), timezone)) }}
{% endmacro %}

{# Any value as text, NULL where it is blank; text and labels keep the space before them. #}
{% macro _opus_plain_text(kind, expression) %}
    {% set trim = 'rtrim' if kind in ['text', 'long_text', 'name', 'status', 'zone'] else 'trim' %}
    {{ return("nullif(" ~ trim ~ "(" ~ opus_text(expression) ~ "), '')") }}
{% endmacro %}

{# The canonical form of a plain text; it is repeated in the SQL, so a column's name is better than an expression. #}
{% macro _opus_canonical_of(kind, text, timezone) %}
    {% if kind in ['text', 'long_text', 'name', 'status', 'zone'] or kind in opus_list_kinds() %}
        {{ return(text) }}
    {% elif kind in ['number', 'rating'] %}
        {{ return(_opus_canonical_number(text)) }}
    {% elif kind == 'date' %}
        {{ return(opus_utc_text(text, timezone)) }}
    {% elif kind == 'checkbox' %}
        {{ return(_opus_canonical_checkbox(text)) }}
    {% elif kind == 'country' %}
        {{ return(opus_upper(text)) }}
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
