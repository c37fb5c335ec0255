{#
    What staging and the base of groups share: the CTEs board_groups (as they stand, top first), paired (each desired
    group with the one on the board, and what is wrong with it), ordered (the groups on the board that have a place in
    the desired order) and ahead (those of them that something stands before, which is to come after them or has no
    place). Groups with a place come first, in their order; the others follow as they stand.
#}
{% macro _opus_group_pairing(contract, current, desired) %}
    {% set columns = _opus_structure_columns(desired, ['title', 'group_id', 'color', 'position']) %}
    {% set texts = ['record_key', "coalesce(title, '')", "coalesce(color, '')", "coalesce(position_text, '')"] %}
    {% set choice = [] %}
    {% for text in texts %}{% do choice.append(opus_exact(text)) %}{% endfor %}
    {%- set sql -%}
board_groups as (
    select group_id, title, color, position, group_rank, {{ opus_lower('trim(title)') }} as match_title
    from {{ current }}
),

board_titles as (
    select min(match_title) as match_title, count(*) as repeats, min(group_id) as group_id
    from board_groups
    group by {{ opus_exact('match_title') }}
),

claims as (
    select
        {{ opus_canonical('text', columns.get('title', 'null')) }} as title,
        {{ _opus_plain_text('key', columns.get('group_id', 'null')) }} as desired_id,
        {{ opus_lower(_opus_plain_text('key', columns.get('color', 'null'))) }} as color,
        {{ _opus_plain_text('key', columns.get('position', 'null')) }} as position_text
    from {{ desired }}
),

keyed as (
    select
        claims.*,
        coalesce(desired_id, title) as record_key,
        {{ opus_lower('trim(coalesce(desired_id, title))') }} as match_key,
        {{ opus_lower('trim(title)') }} as match_title,
        {{ opus_try_cast('position_text', 'decimal') }} as place
    from claims
),

ranked as (
    select
        keyed.*,
        count(*) over (partition by {{ opus_exact('match_key') }}) as claim_repeats,
        count(*) over (partition by {{ opus_exact('match_title') }}) as title_repeats,
        row_number() over (partition by {{ opus_exact('match_key') }} order by {{ choice | join(', ') }}) as row_no
    from keyed
    where match_key is not null
),

matched as (
    select
        ranked.*,
        board_titles.repeats as board_repeats,
        board_titles.group_id as titled_group_id,
        board_groups.group_id as board_group_id,
        board_groups.title as board_title,
        board_groups.color as board_color,
        board_groups.group_rank as board_rank,
        count(board_groups.group_id) over (partition by board_groups.group_id) as group_claims,
        case when ranked.desired_id is null and board_titles.repeats is null then 'CREATE' else 'UPDATE' end as row_operation
    from ranked
    left join board_titles on ranked.match_title = {{ opus_exact('board_titles.match_title') }}
    left join board_groups
        on board_groups.group_id = {{ opus_exact('coalesce(ranked.desired_id, case when board_titles.repeats = 1 then board_titles.group_id end)') }}
    where ranked.row_no = 1
),

paired as (
    select
        matched.*,
        {{ _opus_group_errors() | indent(8) }} as row_errors
    from matched
),

ordered as (
    select
        board_group_id as group_id, record_key, board_rank, place,
        row_number() over (order by place, board_rank) as wanted_rank,
        lag(board_group_id) over (order by place, board_rank) as after_id
    from paired
    where board_group_id is not null
        and place is not null
        and row_errors is null
),

ahead as (
    select ordered.group_id, max(there.group_rank) as last_rank
    from ordered
    inner join board_groups as there on there.group_rank < ordered.board_rank
    left join ordered as other on there.group_id = other.group_id
    where other.group_id is null
        or other.wanted_rank > ordered.wanted_rank
    group by ordered.group_id
)
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{# What is wrong with a desired group, as comma-joined JSON objects; NULL where nothing is. #}
{% macro _opus_group_errors() %}
    {% set renames = "(matched.board_group_id is null or matched.title <> " ~ opus_exact('matched.board_title') ~ ")" %}
    {% set rules = [
        ['null', 'repeated_key', 'matched.claim_repeats > 1', "concat('the group stands ', " ~ opus_text('matched.claim_repeats') ~ ", ' times among the desired ones, or differs only in case or outer space')"],
        ['null', 'claimed_twice', 'matched.group_claims > 1', "concat('two desired rows are about the group ', matched.board_group_id, ': one names its id, one its title')"],
        ['null', 'unknown_group', 'matched.desired_id is not null and matched.board_group_id is null', "concat('the board has no active group with the id ', matched.desired_id)"],
        ['null', 'repeated_on_board', 'matched.desired_id is null and matched.board_repeats > 1', "concat('the title stands ', " ~ opus_text('matched.board_repeats') ~ ", ' times on the board, or differs only in case or outer space; name the group by its id')"],
        ['null', 'key_differs_in_case', 'matched.desired_id is null and matched.board_title <> ' ~ opus_exact('matched.title'), "concat('the board has the group ', matched.board_title, ', which differs only in case or outer space')"],
        ["'title'", 'repeated_title', 'matched.claim_repeats = 1 and matched.title_repeats > 1 and ' ~ renames, "'another desired group has this title, or one that differs only in case or outer space'"],
        ["'title'", 'title_taken', 'matched.desired_id is not null and matched.board_repeats is not null and (matched.board_repeats > 1 or matched.titled_group_id <> matched.desired_id) and ' ~ renames, "'another group on the board has this title, or one that differs only in case or outer space'"],
        ["'title'", 'title_length', opus_length('matched.title') ~ ' > 255', "concat('the title has ', " ~ opus_text(opus_length('matched.title')) ~ ", ' characters; monday takes 1 to 255')"],
        ["'color'", 'bad_color', 'matched.color is not null and not (' ~ opus_in_list('matched.color', opus_group_colors()) ~ ')', "concat(matched.color, ' is no color of groups; they take " ~ opus_group_colors() | join(', ') ~ "')"],
        ["'position'", 'bad_position', 'matched.position_text is not null and matched.place is null', "concat(matched.position_text, ' is no number')"],
    ] %}
    {% set parts = [] %}
    {% for column, code, condition, message in rules %}
        {% do parts.append("case when " ~ condition ~ " then " ~ _opus_error_json(column, "'" ~ code ~ "'", message) ~ " end") %}
    {% endfor %}
    {{ return("nullif(" ~ opus_concat_ws(parts, ',') ~ ", '')") }}
{% endmacro %}
