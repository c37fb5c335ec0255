{# A name as the warehouse compares it: two names whose folded forms are equal are one. #}
{% macro opus_folded(name) %}{{ return(adapter.dispatch('opus_folded', 'opus_sync')(name)) }}{% endmacro %}

{% macro default__opus_folded(name) %}{{ return(name | lower) }}{% endmacro %}

{% macro postgres__opus_folded(name) %}{{ return(name) }}{% endmacro %}
