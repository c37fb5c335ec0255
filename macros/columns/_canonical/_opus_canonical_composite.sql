{# An e-mail, link, phone or location as JSON, from its plain form or from JSON with monday's keys. #}
{% macro _opus_canonical_composite(kind, text) %}
    {% set from_json = {
        'email': {
            'email': opus_json_get(text, 'email'),
            'text': "coalesce(nullif(" ~ opus_json_get(text, 'text') ~ ", ''), " ~ opus_json_get(text, 'email') ~ ")",
        },
        'link': {
            'url': opus_json_get(text, 'url'),
            'text': "coalesce(nullif(" ~ opus_json_get(text, 'text') ~ ", ''), " ~ opus_json_get(text, 'url') ~ ")",
        },
        'phone': {
            'phone': opus_json_get(text, 'phone'),
            'countryShortName': opus_upper("coalesce(" ~ opus_json_get(text, 'countryShortName') ~ ", '')"),
        },
        'location': {
            'lat': _opus_canonical_number(opus_json_get(text, 'lat')),
            'lng': _opus_canonical_number(opus_json_get(text, 'lng')),
            'address': "coalesce(" ~ opus_json_get(text, 'address') ~ ", '')",
        },
    } %}
    {% set after_lat = opus_after(text, ' ') %}
    {% set from_plain = {
        'email': {'email': text, 'text': text},
        'link': {'url': text, 'text': text},
        'phone': {
            'phone': opus_before(text, ' '),
            'countryShortName': opus_upper("trim(coalesce(" ~ opus_after(text, ' ') ~ ", ''))"),
        },
        'location': {
            'lat': _opus_canonical_number(opus_before(text, ' ')),
            'lng': _opus_canonical_number(opus_before(after_lat, ' ')),
            'address': "coalesce(" ~ opus_after(after_lat, ' ') ~ ", '')",
        },
    } %}
    {% set sql -%}
    case
        when {{ text }} is null then null
        when substring({{ text }}, 1, 1) = '{' then {{ _opus_json_object(from_json[kind]) }}
        else {{ _opus_json_object(from_plain[kind]) }}
    end
    {%- endset %}
    {{ return(sql) }}
{% endmacro %}
