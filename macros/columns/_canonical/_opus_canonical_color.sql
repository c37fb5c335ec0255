{# #RRGGBB in upper case; the sign may be left out. #}
{% macro _opus_canonical_color(text) %}
    {{ return(opus_upper("case when " ~ text ~ " is null or " ~ text ~ " like '#%' then " ~ text ~ " else concat('#', " ~ text ~ ") end")) }}
{% endmacro %}
