{# A text as a JSON string with its quotes; NULL becomes the JSON null. The same text on every warehouse. #}
{% macro opus_json_quote(expression) %}
    {{ return(adapter.dispatch('opus_json_quote', 'opus_sync')(expression)) }}
{% endmacro %}

{% macro duckdb__opus_json_quote(expression) %}
    {#- It writes control characters with capital letters, all others with small ones. -#}
    {%- set capitals = "chr(11), chr(14), chr(15), chr(26), chr(27), chr(28), chr(29), chr(30), chr(31)" -%}
    {%- set sql -%}
    coalesce(
        case
            when contains(cast(to_json({{ expression }}) as varchar), '\u00') then concat('"', array_to_string(list_transform(
                string_split({{ expression }}, ''),
                lambda c: case when c in ({{ capitals }}) then printf('\u%04x', ascii(c)) else substring(cast(to_json(c) as varchar), 2, length(cast(to_json(c) as varchar)) - 2) end
            ), ''), '"')
            else cast(to_json({{ expression }}) as varchar)
        end,
        'null'
    )
    {%- endset -%}
    {{ return(sql) }}
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
