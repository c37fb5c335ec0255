{#
    The text of a date or time in its canonical form: YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS in UTC; unreadable text is left
    as it is.
    A time without offset is in the given zone; a time of exactly 00:00:00 without offset is a date.
#}
{% macro opus_utc_text(text, timezone) %}
    {{ return(adapter.dispatch('opus_utc_text', 'opus_sync')(text, timezone)) }}
{% endmacro %}

{% macro duckdb__opus_utc_text(text, timezone) %}
    {%- set moment = opus_try_cast(text, 'timestamp') -%}
    {%- set sql -%}
    case
        when regexp_full_match({{ text }}, '{{ _opus_day() }}')
            then {{ text }}
        when regexp_full_match({{ text }}, '{{ _opus_moment_with_offset() }}')
            then coalesce(strftime(try_cast(regexp_replace({{ text }}, ' ([Z+-])', '\1') as timestamptz) at time zone 'UTC', '%Y-%m-%d %H:%M:%S'), {{ text }})
        when {{ moment }} is null
            then {{ text }}
        when cast({{ moment }} as time) = time '00:00:00'
            then strftime({{ moment }}, '%Y-%m-%d')
        {%- if timezone == 'UTC' %}
        else strftime({{ moment }}, '%Y-%m-%d %H:%M:%S')
        {%- else %}
        else strftime(({{ moment }} at time zone '{{ timezone }}') at time zone 'UTC', '%Y-%m-%d %H:%M:%S')
        {%- endif %}
    end
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_utc_text(text, timezone) %}
    {%- set moment = opus_try_cast(text, 'timestamp') -%}
    {%- set sql -%}
    case
        when {{ text }} ~ '^{{ _opus_day() }}$'
            then {{ text }}
        when {{ text }} ~ '^{{ _opus_moment_with_offset() }}$'
            then coalesce(to_char({{ _opus_schema() }}.opus_try_utc({{ text }}), 'YYYY-MM-DD HH24:MI:SS'), {{ text }})
        when {{ moment }} is null
            then {{ text }}
        when cast({{ moment }} as time) = time '00:00:00'
            then to_char({{ moment }}, 'YYYY-MM-DD')
        {%- if timezone == 'UTC' %}
        else to_char({{ moment }}, 'YYYY-MM-DD HH24:MI:SS')
        {%- else %}
        else to_char(({{ moment }} at time zone '{{ timezone }}') at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
        {%- endif %}
    end
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_utc_text(text, timezone) %}
    {%- set exact = opus_exact(text) -%}
    {%- set moment = opus_try_cast(text, 'timestamp') -%}
    {#- An offset is +HH:MM there, never +HHMM or +HH. -#}
    {%- set offset -%}
    case
        when {{ exact }} like '%[-+][0-9][0-9]' then concat({{ text }}, ':00')
        when {{ exact }} like '%[-+][0-9][0-9][0-9][0-9]' then stuff({{ text }}, len({{ text }}) - 1, 0, ':')
        else {{ text }}
    end
    {%- endset -%}
    {%- set sql -%}
    case
        when {{ exact }} like '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
            then {{ text }}
        when {{ exact }} like '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T][0-9][0-9]:[0-9][0-9]%[-+Z]%'
            then coalesce({{ _opus_tsql_moment("switchoffset(try_cast(" ~ offset ~ " as datetimeoffset), '+00:00')") }}, {{ text }})
        when {{ moment }} is null
            then {{ text }}
        when cast({{ moment }} as time) = '00:00:00'
            then convert(nvarchar(10), {{ moment }}, 23)
        {%- if timezone == 'UTC' %}
        else {{ _opus_tsql_moment(moment) }}
        {%- else %}
        else {{ _opus_tsql_moment("(" ~ moment ~ " at time zone '" ~ opus_windows_zone(timezone) ~ "') at time zone 'UTC'") }}
        {%- endif %}
    end
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# A moment as text to the second; a cast to datetime2(0) would round. #}
{% macro _opus_tsql_moment(moment) %}{{ return("left(convert(nvarchar(27), cast(" ~ moment ~ " as datetime2(7)), 121), 19)") }}{% endmacro %}

{% macro _opus_day() %}{{ return('[0-9]{4}-[0-9]{2}-[0-9]{2}') }}{% endmacro %}

{% macro _opus_moment_with_offset() %}
    {{ return(_opus_day() ~ '[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)') }}
{% endmacro %}
