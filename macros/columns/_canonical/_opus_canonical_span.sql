{# A timeline or a week as JSON, from `from/to` or that JSON. #}
{% macro _opus_canonical_span(kind, text) %}
    {% set first, last = ('startDate', 'endDate') if kind == 'week' else ('from', 'to') %}
    {% set sql -%}
    case
        when substring({{ text }}, 1, 1) = '{' then {{ _opus_json_object({first: opus_json_get(text, first), last: opus_json_get(text, last)}) }}
        when {{ text }} like '%/%' then {{ _opus_json_object({first: "trim(" ~ opus_before(text, '/') ~ ")", last: "trim(" ~ opus_after(text, '/') ~ ")"}) }}
        else {{ text }}
    end
    {%- endset %}
    {{ return(sql) }}
{% endmacro %}
