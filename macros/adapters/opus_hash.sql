{# SHA-256 of a text, as lower-case hex. #}
{% macro opus_hash(expression) %}{{ return(adapter.dispatch('opus_hash', 'opus_sync')(expression)) }}{% endmacro %}

{% macro duckdb__opus_hash(expression) %}
    {%- set sql -%}sha256({{ expression }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_hash(expression) %}
    {%- set sql -%}encode(sha256(convert_to({{ expression }}, 'UTF8')), 'hex'){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_hash(expression) %}
    {%- set sql -%}lower(convert(nvarchar(64), hashbytes('SHA2_256', {{ opus_text(expression) }}), 2)){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
