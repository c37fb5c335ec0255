{# Every dialect macro, each variant of its arguments once, as a model that is compiled and never run. -#}
{%- set column = 'source_rows.label' -%}
{%- set rows = 'source_rows' -%}
{%- set zones = ['UTC', 'Europe/London', 'America/New_York'] -%}
{%- set expressions = {} -%}
{%- for kind in ['key', 'text', 'bigint', 'int', 'boolean', 'timestamp', 'date', 'decimal'] -%}
{%- do expressions.update({'cast_' ~ kind: opus_try_cast(column, kind), 'empty_' ~ kind: opus_try_cast('null', kind)}) -%}
{%- endfor -%}
{%- for zone in zones -%}{%- do expressions.update({'moment_' ~ loop.index: opus_utc_text(column, zone)}) -%}{%- endfor -%}
{%- do expressions.update({
    'add_days': opus_add_days(opus_try_cast(column, 'date'), 6),
    'after': opus_after(column, '/'),
    'before': opus_before(column, '/'),
    'concat_one': opus_concat_ws([column], ','),
    'concat_two': opus_concat_ws([column, opus_literal("Größe 'x'")], '|'),
    'hash': opus_hash(column),
    'json_get': opus_json_get(column, 'countryShortName'),
    'json_get_quote': opus_json_get(column, "it's"),
    'json_merge': opus_json_merge(column, "'{}'"),
    'json_quote': opus_json_quote(column),
    'length': opus_length(column),
    'literal': opus_literal("It's [a] \"b\" 名"),
    'exact': "case when " ~ opus_exact(column) ~ " = 'a' then 1 end",
    'head': opus_head(column, 60),
    'is_true': "case when " ~ opus_is_true('source_rows.is_done') ~ " then 1 end",
    'now': opus_now(),
    'only_has': 'case when ' ~ opus_only_has(column, '0123456789') ~ ' then 1 else 0 end',
    'only_has_signs': 'case when not ' ~ opus_only_has(column, '+-()./ 0123456789') ~ ' then 1 else 0 end',
    'plain_number': opus_plain_number(opus_try_cast(column, 'decimal')),
    'seconds': opus_seconds_between(opus_now(), opus_try_cast(column, 'timestamp')),
    'in_words': opus_text(column),
    'weekday': opus_weekday(opus_try_cast(column, 'date')),
}) -%}

with

source_rows as (
    select label, label_id, is_done
    from {{ source('opus', 'mon_raw_label') }}
),

members as (
    {{ opus_json_each(rows, 'label', ['label_id']) | indent(4) }}
),

wide as (
    {{ opus_json_read(rows, 'label', ['label_id', 'is_done as done'], {'a': 'c0', 'text_mkx1': 'c1', "it's": 'c2'}) | indent(4) }}
),

narrow as (
    {{ opus_json_read(rows, 'label', ['label_id'], {}) | indent(4) }}
),

tokens as (
    {{ opus_tokens(rows, 'label', ['label_id']) | indent(4) }}
),

joined as (
    select label_id, {{ opus_list_agg('label', ',', opus_exact('label')) }} as labels
    from source_rows
    group by label_id
),

every_expression as (
    select
        {%- for name, expression in expressions.items() %}
        {{ expression }} as {{ opus_identifier(name ~ ' "x') }},
        {%- endfor %}
        source_rows.label_id
    from source_rows
)

select every_expression.*, members.member, wide.c1, narrow.label_id as narrow_id, tokens.token, joined.labels
from every_expression
left join members on every_expression.label_id = members.label_id
left join wide on every_expression.label_id = wide.label_id
left join narrow on every_expression.label_id = narrow.label_id
left join tokens on every_expression.label_id = tokens.label_id
left join joined on every_expression.label_id = joined.label_id
