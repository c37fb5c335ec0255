with

sync_point as (
    select * from {{ ref('mon_sync_point') }}
),

known as (
    select
        extract_id, monday_board_id, 'column' as kind, column_id, column_id as value_id, title as value,
        case when {{ opus_is_true('archived') }} then 0 else 1 end as is_active, settings, column_type
    from {{ source('opus', 'mon_raw_column') }}
    union all
    select
        extract_id, monday_board_id, 'label', column_id, label_id, label,
        case when {{ opus_is_true('is_deactivated') }} then 0 else 1 end, null, null
    from {{ source('opus', 'mon_raw_label') }}
    union all
    select extract_id, monday_board_id, 'group', null, group_id, title, is_active, null, null
    from {{ ref('mon_groups') }}
    union all
    select
        extract_id, null, 'person', null, user_id, email,
        case when {{ opus_upper('status') }} = 'ACTIVE' then 1 else 0 end, null, null
    from {{ source('opus', 'mon_raw_user') }}
    union all
    select extract_id, null, 'team', null, team_id, team_name, 1, null, null
    from {{ source('opus', 'mon_raw_team') }}
    union all
    select extract_id, null, 'tag', null, tag_id, tag_name, 1, null, null
    from {{ source('opus', 'mon_raw_tag') }}
    union all
    select
        extract_id, monday_board_id, 'board', null, {{ opus_text('parent_board_id') }}, board_name,
        1, first_day_of_week, null
    from {{ source('opus', 'mon_raw_board') }}
)

select
    sync_point.board,
    known.monday_board_id,
    case
        when known.monday_board_id is null then null
        when known.monday_board_id = sync_point.monday_board_id then 'items'
        else 'subitems'
    end as entity,
    known.kind,
    known.column_id,
    known.value_id,
    known.value,
    known.is_active,
    known.settings,
    known.column_type
from known
inner join sync_point on known.extract_id = sync_point.extract_id
