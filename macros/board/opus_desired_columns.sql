{#
    The column names of a desired model, as the warehouse has them.
    One of the two macros that touch the world: unit tests override it.
#}
{% macro opus_desired_columns(relation) %}
    {% if not execute %}{{ return([]) }}{% endif %}
    {{ return(adapter.get_columns_in_relation(relation) | map(attribute='name') | list) }}
{% endmacro %}
