{# {"hour":16,"minute":42} from HH:MM, HH:MM:SS or that JSON. #}
{% macro _opus_canonical_hour(text) %}
    {% set hour = opus_try_cast("coalesce(" ~ opus_json_get(text, 'hour') ~ ", " ~ opus_before(text, ':') ~ ")", 'int') %}
    {% set minute = opus_try_cast("coalesce(" ~ opus_json_get(text, 'minute') ~ ", substring(" ~ opus_after(text, ':') ~ ", 1, 2))", 'int') %}
    {% set sql -%}
    case
        when {{ hour }} is not null and {{ minute }} is not null
            then concat('{"hour":', {{ opus_text(hour) }}, ',"minute":', {{ opus_text(minute) }}, '}')
        else {{ text }}
    end
    {%- endset %}
    {{ return(sql) }}
{% endmacro %}
