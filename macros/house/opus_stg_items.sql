{#
    The staging table of a board's items as the house knows it: each staged row with its status, and the last row sent
    of each record and kind of operation; the board's columns hold the values that the item is to have, as text.
    board: name of the contract; staged: ref('staged_<board>_items'); current: ref('mon_<board>').
#}
{% macro opus_stg_items(board, staged, current) %}
    {{ return(_opus_staging(opus_contract(board), 'items', staged, current)) }}
{% endmacro %}
