{# The insert that lists an object as ours. type: table (one of the runner's), model or procedure. #}
{% macro _opus_list(name, type, schema) %}
    {%- set sql -%}
insert into {{ _opus_schema() }}.mon_layout (object_name, object_type, layout_version, recorded_at, schema_name)
values ({{ opus_literal(name) }}, {{ opus_literal(type) }}, {{ opus_layout_version() }}, {{ opus_now() }}, {{ opus_literal(schema) }})
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
