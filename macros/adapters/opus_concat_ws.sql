{#
    Texts joined by a separator, NULLs left out. PostgreSQL takes 100 arguments, SQL Server 254, hence chunks; where
    there are more than 80 texts, none may be ''.
#}
{% macro opus_concat_ws(parts, separator) %}
    {% if parts | length <= 80 %}{{ return(adapter.dispatch('opus_concat_ws', 'opus_sync')(parts, separator)) }}{% endif %}
    {% set chunks = [] %}
    {% for chunk in parts | batch(80) %}{% do chunks.append("nullif(" ~ opus_concat_ws(chunk, separator) ~ ", '')") %}{% endfor %}
    {{ return(opus_concat_ws(chunks, separator)) }}
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
