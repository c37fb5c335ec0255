{# The colors that groups take, as monday writes them. #}
{% macro opus_group_colors() %}
    {{ return([
        '#037f4c', '#00c875', '#9cd326', '#cab641', '#ffcb00', '#784bd1', '#9d50dd', '#007eb5', '#579bfc', '#66ccff',
        '#bb3354', '#df2f4a', '#ff007f', '#ff5ac4', '#ff642e', '#fdab3d', '#7f5347', '#c4c4c4', '#757575',
    ]) }}
{% endmacro %}
