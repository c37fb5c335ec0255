{#
    The staging table of a board's subitems; staged_parents: ref('staged_<board>_items'), the rest as in opus_stg_items.
#}
{% macro opus_stg_subitems(board, staged, current, staged_parents) %}
    {{ return(_opus_staging(opus_contract(board), 'subitems', staged, current, staged_parents)) }}
{% endmacro %}
