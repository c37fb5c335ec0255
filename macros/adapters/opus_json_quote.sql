{#
    A text as a JSON string with its quotes; NULL becomes the JSON null. Escapes may bear capital letters: see opus_json_text.
#}
{% macro opus_json_quote(expression) %}
    {{ return(adapter.dispatch('opus_json_quote', 'opus_sync')(expression)) }}
{% endmacro %}

{% macro duckdb__opus_json_quote(expression) %}
    {{ return("coalesce(cast(to_json(" ~ expression ~ ") as varchar), 'null')") }}
{% endmacro %}

{% macro postgres__opus_json_quote(expression) %}
    {%- set sql -%}coalesce(cast(to_json(cast({{ expression }} as text)) as text), 'null'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_json_quote(expression) %}
    {% if expression == 'null' %}{{ return("'null'") }}{% endif %}
    {# It escapes the solidus, too, which the others leave as it is. #}
    {%- set sql -%}coalesce('"' + replace(string_escape({{ expression }}, 'json'), '\/', '/') + '"', 'null'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
