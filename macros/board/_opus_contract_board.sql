{# What a contract says of the board as a whole; board_id is that of the present target, or of the one it rehearses. #}
{% macro _opus_contract_board(meta) %}
    {% set board_id = meta.get('board_id') %}
    {% if board_id is mapping %}
        {% set board_id = board_id.get(target.name) or board_id.get(var('opus_rehearsals', {}).get(target.name)) %}
    {% endif %}
    {{ return({
        'board_id': board_id,
        'timezone': meta.get('timezone', 'UTC'),
        'batch_by': meta.get('batch_by'),
    }) }}
{% endmacro %}
