{#
    SQL type of a runner-table or board column.
    kind: key (short text), text (any length), bigint, int, boolean, timestamp (UTC), date, decimal.
#}
{% macro opus_type(kind) %}{{ return(adapter.dispatch('opus_type', 'opus_sync')(kind)) }}{% endmacro %}

{% macro duckdb__opus_type(kind) %}
    {% set types = {
        'key': 'varchar',
        'text': 'varchar',
        'bigint': 'bigint',
        'int': 'integer',
        'boolean': 'boolean',
        'timestamp': 'timestamp',
        'date': 'date',
        'decimal': 'decimal(38, 10)',
    } %}
    {{ return(types[kind]) }}
{% endmacro %}
