{#
    The current items of a board, wide: monday's titles with SQL types, read from the JSON in one pass.
    board: name of the contract; items: ref('mon_items').
#}
{% macro opus_current_items(board, items) %}
    {{ return(_opus_current(opus_contract(board), 'items', items)) }}
{% endmacro %}
