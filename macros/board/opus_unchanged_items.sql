{#
    The items of a board as they stand, as a desired model may say it: monday_item_id, "Title" and every column with
    direction: push, each value exactly as it is on the board. Whatever is taken from here is never a change.
    board: name of the contract; current: ref('mon_<board>').
#}
{% macro opus_unchanged_items(board, current) %}
    {{ return(_opus_unchanged(opus_contract(board), 'items', current)) }}
{% endmacro %}
