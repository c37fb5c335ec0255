{# The kinds whose canonical text is a sorted JSON array; the rest are scalars and composites. #}
{% macro opus_list_kinds() %}{{ return(['labels', 'people', 'tags', 'relation']) }}{% endmacro %}
