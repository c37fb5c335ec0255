{# A board's own name and description as they are known now, one row. board: name of the contract; boards: ref('mon_boards'). #}
{% macro opus_current_board(board, boards) %}
    {{ config(materialized='table', as_columnstore=false) }}
    {%- set sql -%}
select monday_board_id, name, description, state, board_kind, url
from {{ boards }}
where board = '{{ board }}'
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
