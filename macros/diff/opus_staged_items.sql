{#
    The staged rows of a board's items: one mutation a row, validated, with the reason where a row is held.
    board: name of the contract; current: ref('mon_<board>'); base: ref('mon_<board>_base');
    desired: refs of the desired models, the primary one first.
#}
{% macro opus_staged_items(board, current, base, desired) %}
    {{ return(_opus_stage(opus_contract(board), 'items', current, base, desired)) }}
{% endmacro %}
