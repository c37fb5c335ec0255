{# A statement that gives an object another name, with its rows and grants; object: {database, schema, name, type}. #}
{% macro opus_rename(object, to) %}{{ return(adapter.dispatch('opus_rename', 'opus_sync')(object, to)) }}{% endmacro %}

{% macro default__opus_rename(object, to) %}
    {{ return('alter ' ~ object.type ~ ' ' ~ opus_identifier(object.database) ~ '.' ~ opus_identifier(object.schema) ~ '.' ~ opus_identifier(object.name) ~ ' rename to ' ~ opus_identifier(to)) }}
{% endmacro %}

{# The new name is no identifier there but a text, taken as it is. #}
{% macro sqlserver__opus_rename(object, to) %}
    {% set name = opus_identifier(object.schema) ~ '.' ~ opus_identifier(object.name) %}
    {{ return('exec ' ~ opus_identifier(object.database) ~ '.sys.sp_rename ' ~ opus_literal(name) ~ ', ' ~ opus_literal(to)) }}
{% endmacro %}
