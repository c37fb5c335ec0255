{# A JSON object text from member -> SQL expression (text); a NULL member is a JSON null. #}
{% macro _opus_json_object(members) %}
    {% set parts = [] %}
    {% for member, expression in members.items() %}
        {% do parts.append("'" ~ ("{" if loop.first else ",") ~ '"' ~ member ~ '":' ~ "', " ~ opus_json_quote(expression)) %}
    {% endfor %}
    {{ return("concat(" ~ parts | join(", ") ~ ", '}')") }}
{% endmacro %}
