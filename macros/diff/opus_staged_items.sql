{#
    The staged rows of a board's items: one mutation a row, validated, with the reason where a row is held.
    board: name of the contract; current: ref('mon_<board>'); base: ref('mon_<board>_base');
    desired: refs of the desired models, the primary one first; staged_groups: ref('staged_<board>_groups') where the
    board's groups are managed, for an item may belong to a group that the same push creates.
#}
{% macro opus_staged_items(board, current, base, desired, staged_groups=none) %}
    {{ return(_opus_stage(opus_contract(board), 'items', current, base, desired, staged_groups=staged_groups)) }}
{% endmacro %}
