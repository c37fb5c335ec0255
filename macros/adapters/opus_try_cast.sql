{#
    A cast that gives NULL instead of an error, and takes the same texts on every warehouse: whole numbers of digits,
    decimals with or without exponent, dates and moments as in 2026-03-09 and 2026-03-09 14:30:00.
    kind: see opus_type.
#}
{% macro opus_try_cast(expression, kind) %}
    {{ return(adapter.dispatch('opus_try_cast', 'opus_sync')(expression, kind)) }}
{% endmacro %}

{% macro duckdb__opus_try_cast(expression, kind) %}
    {%- set text = "trim(cast(" ~ expression ~ " as varchar))" -%}
    {%- set shape = _opus_shape(kind) -%}
    {%- if expression == 'null' or not shape -%}
    {%- set sql -%}try_cast({{ expression }} as {{ opus_type(kind) }}){%- endset -%}
    {%- else -%}
    {%- set sql -%}(case when regexp_full_match({{ text }}, '{{ shape }}') then try_cast({{ text }} as {{ opus_type(kind) }}) end){%- endset -%}
    {%- endif -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_try_cast(expression, kind) %}
    {%- set text = "trim(cast(" ~ expression ~ " as text))" -%}
    {%- set shape = _opus_shape(kind) -%}
    {%- if expression == 'null' or not shape -%}
    {%- set sql -%}cast({{ expression }} as {{ opus_type(kind) }}){%- endset -%}
    {%- elif kind in ['int', 'bigint', 'boolean'] -%}
    {%- set sql -%}(case when {{ text }} ~ '^{{ shape }}$' then cast({{ text }} as {{ opus_type(kind) }}) end){%- endset -%}
    {%- else -%}
    {%- set sql -%}(case when {{ text }} ~ '^{{ shape }}$' then {{ _opus_schema() }}.opus_try_{{ kind }}({{ text }}) end){%- endset -%}
    {%- endif -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_try_cast(expression, kind) %}
    {%- set text = "trim(convert(nvarchar(4000), " ~ expression ~ ", 126))" -%}
    {%- if expression == 'null' or kind in ['key', 'text'] -%}
    {%- set sql -%}cast({{ expression }} as {{ opus_type(kind) }}){%- endset -%}
    {%- elif kind in ['bigint', 'int'] -%}
    {#- A sign alone, and '', would be 0. -#}
    {%- set sql -%}(case when {{ opus_exact(text) }} like '%[0-9]%' then try_cast({{ text }} as {{ opus_type(kind) }}) end){%- endset -%}
    {%- elif kind == 'decimal' -%}
    {#- It reads no exponent but that of a float. -#}
    {%- set sql -%}(select case when {{ opus_exact('given.text') }} like '%[0-9]%' and {{ opus_only_has('given.text', '0123456789+-.eE') }} then coalesce(try_cast(given.text as {{ opus_type(kind) }}), try_cast(try_cast(given.text as float) as {{ opus_type(kind) }})) end from (values ({{ text }})) as given (text)){%- endset -%}
    {%- elif kind in ['date', 'timestamp'] -%}
    {%- set sql -%}(select case when {{ _opus_is_moment('given.text') }} then try_cast(given.text as {{ opus_type(kind) }}) end from (values ({{ text }})) as given (text)){%- endset -%}
    {%- else -%}
    {%- set sql -%}try_cast({{ text }} as {{ opus_type(kind) }}){%- endset -%}
    {%- endif -%}
    {{ return(sql) }}
{% endmacro %}

{# The texts that a kind is read from, as a regular expression; none where there is no telling. #}
{% macro _opus_shape(kind) %}
    {% set day = '[0-9]{4}-[01][0-9]-[0-3][0-9]' %}
    {% set moment = day ~ '([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?)?' %}
    {% set shapes = {
        'int': '[+-]?[0-9]{1,9}',
        'bigint': '[+-]?[0-9]{1,18}',
        'boolean': '(true|false)',
        'decimal': '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?',
        'date': moment,
        'timestamp': moment,
    } %}
    {{ return(shapes.get(kind)) }}
{% endmacro %}

{# The same for a day or moment in the patterns of T-SQL; the cast itself finds the rest. #}
{% macro _opus_is_moment(text) %}
    {% set day = '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' %}
    {% set exact = opus_exact(text) %}
    {{ return("(" ~ exact ~ " like '" ~ day ~ "' or " ~ exact ~ " like '" ~ day ~ "[ T][0-2][0-9]:[0-5][0-9]' or " ~ exact ~ " like '" ~ day ~ "[ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]%' and " ~ exact ~ " not like '%[-+Z]' and " ~ exact ~ " not like '%:%:%[^.0-9]%')") }}
{% endmacro %}
