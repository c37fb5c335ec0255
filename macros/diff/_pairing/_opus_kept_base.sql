{#
    The relation that holds a board's base so far: the model's own where it is built incrementally; with the var
    opus_read_schema the base of those whose tables are read, as their mon_layout lists it. none where there is none.
#}
{% macro _opus_kept_base() %}
    {#- Without a connection nobody knows whether there is a base: the first build is what is compiled then. #}
    {% if flags.INTROSPECT is false %}{{ return(none) }}{% endif %}
    {#- In a unit test the graph is empty, and the base is what the test says. #}
    {% if execute and graph.nodes and _opus_only_reads() %}
        {{ return(_opus_read_model(this.identifier)) }}
    {% endif %}
    {{ return(this if is_incremental() else none) }}
{% endmacro %}

{# The relation of a model as the runner's tables that are read list it; none where they list none, or it is gone. #}
{% macro _opus_read_model(name) %}
    {%- set query -%}
select schema_name
from {{ opus_identifier(target.database) }}.{{ opus_identifier(_opus_read_schema_name()) }}.mon_layout
where object_type = 'model' and object_name = {{ opus_literal(name) }}
order by recorded_at desc
    {%- endset -%}
    {% for row in run_query(query).rows if opus_folded(name) in _opus_present(row[0]) %}
        {{ return(opus_identifier(target.database) ~ '.' ~ opus_identifier(row[0]) ~ '.' ~ opus_identifier(name)) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
