{#
    A statement that ends a script where an object of one of these names stands in a schema and mon_layout does not list
    it; relations: names as dbt writes them, of which a build of ours may tell as well.
#}
{% macro _opus_script_refuse_foreign(schema, names, relations=none) %}
    {% set wanted = [] %}
    {% for name in names %}{% do wanted.append(opus_literal(opus_folded(name))) %}{% endfor %}
    {%- set query -%}
select objects.object_name
from (
{{ opus_catalog(schema) }}
) as objects
where {{ opus_folded_sql('objects.object_name') }} in ({{ wanted | join(', ') }})
    and not exists (
        select 1
        from {{ _opus_schema() }}.mon_layout as listed
        where {{ opus_folded_sql('listed.object_name') }} = {{ opus_folded_sql('objects.object_name') }}
            and {{ opus_folded_sql('coalesce(listed.schema_name, ' ~ opus_literal(_opus_schema_name()) ~ ')') }} = {{ opus_literal(opus_folded(schema)) }}
    )
        {%- if relations is not none %}
    and not exists (
        select 1
        from {{ _opus_schema() }}.mon_build_event as events
        inner join (
            values
            {% for name in names %}({{ wanted[loop.index0] }}, {{ opus_literal(relations[loop.index0]) }}){{ ', ' if not loop.last }}{% endfor %}
        ) as built (object_name, relation_name)
            on built.relation_name = events.relation_name
        where events.status = 'success'
            and built.object_name = {{ opus_folded_sql('objects.object_name') }}
    )
        {%- endif %}
    {%- endset -%}
    {{ return(opus_script_refuse(query, _opus_not_ours())) }}
{% endmacro %}
