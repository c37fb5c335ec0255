{#
    The house's name of a table where house names are on, none (the model's own name) elsewhere; for a model's alias:
    config(alias=opus_house_name('MON_CustMasterSchedule')). The var opus_house_names (true, false) decides; without
    it they are on for SQL Server alone.
#}
{% macro opus_house_name(name) %}
    {% set wanted = var('opus_house_names', none) %}
    {% if wanted is none %}{% set wanted = opus_house_default() %}{% endif %}
    {% if wanted is not boolean %}
        {{ exceptions.raise_compiler_error("opus_house_name: the var opus_house_names is '" ~ wanted ~ "', expected true or false") }}
    {% endif %}
    {{ return(name if wanted else none) }}
{% endmacro %}
