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

{% macro postgres__opus_type(kind) %}
    {% set types = {
        'key': 'text',
        'text': 'text',
        'bigint': 'bigint',
        'int': 'integer',
        'boolean': 'boolean',
        'timestamp': 'timestamp',
        'date': 'date',
        'decimal': 'numeric(38, 10)',
    } %}
    {{ return(types[kind]) }}
{% endmacro %}

{% macro sqlserver__opus_type(kind) %}
    {% set types = {
        'key': 'nvarchar(450)',
        'text': 'nvarchar(max)',
        'bigint': 'bigint',
        'int': 'int',
        'boolean': 'bit',
        'timestamp': 'datetime2(6)',
        'date': 'date',
        'decimal': 'decimal(38, 10)',
    } %}
    {{ return(types[kind]) }}
{% endmacro %}
