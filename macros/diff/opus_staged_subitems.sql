{#
    The staged rows of a board's subitems. parents: ref('mon_<board>'); staged_parents: ref('staged_<board>_items'),
    for a subitem may belong to an item that the same push creates; the rest as in opus_staged_items.
#}
{% macro opus_staged_subitems(board, current, base, desired, parents, staged_parents) %}
    {{ return(_opus_stage(opus_contract(board), 'subitems', current, base, desired, parents, staged_parents)) }}
{% endmacro %}
