{# true or false, from the words people and databases use for them. #}
{% macro _opus_canonical_checkbox(text) %}
    {% set sql -%}
    case
        when {{ opus_lower(text) }} in ('true', 't', '1', 'yes', 'y', 'v') then 'true'
        when {{ opus_lower(text) }} in ('false', 'f', '0', 'no', 'n') then 'false'
        else {{ text }}
    end
    {%- endset %}
    {{ return(sql) }}
{% endmacro %}
