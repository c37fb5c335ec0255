{# Whether tables bear the house's names where the var opus_house_names does not say. #}
{% macro opus_house_default() %}{{ return(adapter.dispatch('opus_house_default', 'opus_sync')()) }}{% endmacro %}

{% macro default__opus_house_default() %}{{ return(false) }}{% endmacro %}

{% macro sqlserver__opus_house_default() %}{{ return(true) }}{% endmacro %}
