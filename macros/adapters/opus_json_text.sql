{#
    A JSON text as every warehouse and the runner write it: DuckDB alone escapes some control characters with capital
    letters. For what is compared as text or shown; whoever reads the JSON needs it not.
#}
{% macro opus_json_text(expression) %}{{ return(adapter.dispatch('opus_json_text', 'opus_sync')(expression)) }}{% endmacro %}

{% macro default__opus_json_text(expression) %}{{ return(expression) }}{% endmacro %}

{% macro duckdb__opus_json_text(expression) %}
    {#- Between two escaped backslashes a \u00 is an escape and nothing else. No backslash stands in a literal here: dbt
        splits statements by a parser that takes it for an escape. -#}
    {%- set ns = namespace(piece='piece') -%}
    {%- for code in ['0B', '0E', '0F', '1A', '1B', '1C', '1D', '1E', '1F'] -%}
        {%- set ns.piece = "replace(" ~ ns.piece ~ ", chr(92) || 'u00" ~ code ~ "', chr(92) || 'u00" ~ code | lower ~ "')" -%}
    {%- endfor -%}
    {%- set sql -%}
    (case when contains({{ expression }}, chr(92) || 'u00') then array_to_string(list_transform(string_split({{ expression }}, chr(92) || chr(92)), lambda piece: {{ ns.piece }}), chr(92) || chr(92)) else {{ expression }} end)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
