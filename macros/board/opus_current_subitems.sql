{# The current subitems of a board; see opus_current_items. #}
{% macro opus_current_subitems(board, items) %}
    {{ return(_opus_current(opus_contract(board), 'subitems', items)) }}
{% endmacro %}
