{#
    The record key of a row from its key columns, NULL where one of them is empty or there are none.
    One column: its text; several, or a subitem: a JSON array. folded: without regard to case and outer space, as
    rows are matched. prefix: alias of the rows, with its dot.
#}
{% macro _opus_key(entity, fields, prefix='', folded=false) %}
    {% if not fields | rejectattr('key', 'none') | list %}{{ return(opus_text('null')) }}{% endif %}
    {% set parts = [] %}
    {% if entity == 'subitems' %}{% do parts.append(prefix ~ 'parent_key') %}{% endif %}
    {% for field in fields | rejectattr('key', 'none') | sort(attribute='key') %}
        {% do parts.append(prefix ~ field.alias) %}
    {% endfor %}
    {% set texts = [] %}
    {% for part in parts %}{% do texts.append(opus_lower('trim(' ~ part ~ ')') if folded else part) %}{% endfor %}
    {% if texts | length == 1 %}{{ return(texts[0]) }}{% endif %}
    {% set quoted = [] %}
    {% for text in texts %}{% do quoted.append(opus_json_quote(text)) %}{% endfor %}
    {% set missing = parts | join(' is null or ') ~ ' is null' %}
    {{ return("case when not (" ~ missing ~ ") then concat('[', " ~ quoted | join(", ',', ") ~ ", ']') end") }}
{% endmacro %}

{#
    The record key of a desired row whose board has several key columns: opus_key(['"A"', '"B"']) gives the text that
    a subitem's parent_key must hold. columns: SQL expressions, in the order of the contract's key.
#}
{% macro opus_key(columns) %}
    {% set fields = [] %}
    {% for column in columns %}
        {% do fields.append({'key': loop.index0, 'alias': opus_canonical('text', column)}) %}
    {% endfor %}
    {{ return(_opus_key('items', fields)) }}
{% endmacro %}
