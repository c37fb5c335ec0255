{# The rules of e-mails, links, phones and locations: see opus_cell_rules. #}
{% macro _opus_composite_rules(value, shown) %}
    {% set lat = opus_try_cast(opus_json_get(value, 'lat'), 'decimal') %}
    {% set lng = opus_try_cast(opus_json_get(value, 'lng'), 'decimal') %}
    {% set url = opus_json_get(value, 'url') %}
    {% set phone = opus_json_get(value, 'phone') %}
    {{ return([
        ['email', 'not_an_email', "coalesce(" ~ opus_json_get(value, 'email') ~ ", '') not like '%_@_%'", "concat(" ~ shown ~ ", ' has no e-mail address')"],
        ['link', 'not_a_url', opus_exact("coalesce(" ~ url ~ ", '')") ~ " not like 'http://_%' and " ~ opus_exact("coalesce(" ~ url ~ ", '')") ~ " not like 'https://_%'", "concat(" ~ shown ~ ", ' has no url that starts with http:// or https://')"],
        ['phone', 'phone_without_country', 'not ' ~ opus_in_list("coalesce(" ~ opus_json_get(value, 'countryShortName') ~ ", '')", opus_country_codes()), "concat(" ~ shown ~ ", ' names no country; write it as +12025550169 US')"],
        ['phone', 'not_a_phone', "coalesce(" ~ phone ~ ", '') = '' or not " ~ opus_only_has(phone, '+-()./ 0123456789'), "concat(" ~ shown ~ ", ' has no phone number')"],
        ['location', 'location_without_coordinates', lat ~ ' is null or ' ~ lng ~ ' is null', "concat(" ~ shown ~ ", ' has no coordinates; write it as lat lng address')"],
        ['location', 'location_out_of_range', lat ~ ' <= -90 or ' ~ lat ~ ' >= 90 or ' ~ lng ~ ' < -180 or ' ~ lng ~ ' > 180', "concat(" ~ shown ~ ", ' lies outside -90 to 90 and -180 to 180 degrees')"],
    ]) }}
{% endmacro %}
