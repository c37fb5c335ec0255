{# The schema of the runner's tables that the models read: the var opus_read_schema, else the runner's own. #}
{% macro _opus_read_schema_name() %}{{ return(var('opus_read_schema', none) or _opus_schema_name()) }}{% endmacro %}

{# True where the runner's tables of somebody else are read, and nothing may be written there. #}
{% macro _opus_only_reads() %}{{ return(_opus_read_schema_name() != _opus_schema_name()) }}{% endmacro %}

{#
    Refuses where the schema that is only to be read is the one that is written to, or holds none of the runner's tables.
    To be called after opus_begin.
#}
{% macro _opus_refuse_unreadable() %}
    {% set read = var('opus_read_schema', none) %}
    {% if not read %}{{ return('') }}{% endif %}
    {% if opus_folded(read) == opus_folded(_opus_schema_name()) %}
        {% do _opus_refuse("the vars opus_read_schema and opus_schema both name " ~ read ~ ", so that this run would write where it is only to read: nothing was done. Give the run an opus_schema of its own.") %}
    {% endif %}
    {% set present = _opus_present(read) %}
    {% for table in ['mon_layout', 'mon_extract'] if opus_folded(table) not in present %}
        {% do _opus_refuse("the schema " ~ read ~ " of the var opus_read_schema holds no table " ~ table ~ ": nothing was done. It is the opus_schema of those whose extracts are to be read.") %}
    {% endfor %}
{% endmacro %}
