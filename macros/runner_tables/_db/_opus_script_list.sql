{# A statement of a script that lists an object as ours where no row says so yet; see _opus_list. #}
{% macro _opus_script_list(name, type, schema) %}
    {%- set sql -%}
insert into {{ _opus_schema() }}.mon_layout (object_name, object_type, layout_version, recorded_at, schema_name)
select {{ opus_literal(name) }}, {{ opus_literal(type) }}, {{ opus_layout_version() }}, {{ opus_now() }}, {{ opus_literal(schema) }}
where not exists (
    select 1
    from {{ _opus_schema() }}.mon_layout as listed
    where listed.object_name = {{ opus_literal(name) }}
        and listed.object_type = {{ opus_literal(type) }}
        and listed.schema_name = {{ opus_literal(schema) }}
        {%- if type != 'model' %}
        and listed.layout_version = {{ opus_layout_version() }}
        {%- endif %}
)
    {%- endset -%}
    {{ return(opus_script_late(sql)) }}
{% endmacro %}
