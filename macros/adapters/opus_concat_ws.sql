{# Texts joined by a separator, NULLs left out. #}
{% macro opus_concat_ws(parts, separator) %}
    {{ return(adapter.dispatch('opus_concat_ws', 'opus_sync')(parts, separator)) }}
{% endmacro %}

{% macro default__opus_concat_ws(parts, separator) %}
    {%- set sql -%}concat_ws('{{ separator }}', {{ parts | join(', ') }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_concat_ws(parts, separator) %}
    {# It takes two texts at least. #}
    {% if parts | length == 1 %}{{ return("coalesce(" ~ parts[0] ~ ", '')") }}{% endif %}
    {%- set sql -%}concat_ws('{{ separator }}', {{ parts | join(', ') }}){%- endset -%}
    {{ return(sql) }}
{% endmacro %}
