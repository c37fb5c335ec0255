{# The subitems of a board as they stand; see opus_unchanged_items. current: ref('mon_<board>_subitems'). #}
{% macro opus_unchanged_subitems(board, current) %}
    {{ return(_opus_unchanged(opus_contract(board), 'subitems', current)) }}
{% endmacro %}
