{#
    A date or time as canonical text: YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS in UTC; unreadable text is left as it is.
    A time without offset is in the given zone; a time of exactly 00:00:00 without offset is a date.
#}
{% macro opus_utc_text(expression, timezone) %}
    {{ return(adapter.dispatch('opus_utc_text', 'opus_sync')(expression, timezone)) }}
{% endmacro %}

{% macro duckdb__opus_utc_text(expression, timezone) %}
    {%- set text = "trim(cast(" ~ expression ~ " as varchar))" -%}
    {%- set moment = "try_cast(" ~ text ~ " as timestamp)" -%}
    {%- set sql -%}
    case
        when regexp_matches({{ text }}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
            then {{ text }}
        when regexp_matches({{ text }}, '[0-9]{2}:[0-9]{2}(:[0-9.]+)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')
            then coalesce(strftime(try_cast({{ text }} as timestamptz) at time zone 'UTC', '%Y-%m-%d %H:%M:%S'), {{ text }})
        when {{ moment }} is null
            then nullif({{ text }}, '')
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
