-- An active extract of a board with $rows items, cells as canonical text.
insert into opus.mon_extract (extract_id, board, monday_board_id, endpoint, account_id, mode, status, items_read, seq, recorded_at)
values ('extract-1', 'orders', 8709134353, 'http://127.0.0.1/v2', '7001', 'full', 'ACTIVE', $rows, 1, timestamp '2026-11-20 08:00:00');

insert into opus.mon_raw_board (extract_id, monday_board_id, board_name, state, board_kind, first_day_of_week)
values ('extract-1', 8709134353, 'Orders', 'active', 'public', 'monday');

insert into opus.mon_raw_group (extract_id, monday_board_id, group_id, title, archived)
values ('extract-1', 8709134353, 'topics', 'Orders', false);

insert into opus.mon_raw_user (extract_id, user_id, user_name, email, kind, status)
select 'extract-1', cast(101 + n as varchar), 'Planner ' || n, 'planner' || n || '@example.com', 'member', 'ACTIVE'
from range(50) as planners (n);

insert into opus.mon_raw_item (
    extract_id, monday_board_id, monday_item_id, group_id, item_name, monday_updated_at, column_values
)
select
    'extract-1',
    8709134353,
    1000000000 + n,
    'topics',
    'AAG-' || n,
    timestamp '2026-11-20 08:00:00',
    cast(to_json({
        text_order: 'AAG-' || n,
        text_customer: 'Customer ' || (n % 40),
        text_style: 'ST' || (n % 9000),
        text_description: 'Oxford shirt, long sleeve, fit ' || (n % 70),
        text_colour: 'Colour ' || (n % 300),
        text_po: lpad(cast(n as varchar), 10, '0'),
        long_text_remarks: 'Hold until the trims of lot ' || (n % 5000) || ' are in; "press flat"',
        numbers_qty: cast(1 + n % 4999 as varchar),
        numbers_price: cast(1 + n % 90 as varchar) || '.25',
        numbers_cut: cast(1 + n % 4999 as varchar),
        status_order: 'Label ' || (n % 8),
        status_fabric: 'Label ' || (n % 7),
        status_season: 'Label ' || (n % 5),
        date_due: strftime(date '2026-06-01' + cast(n % 365 as integer), '%Y-%m-%d'),
        date_ex_factory: strftime(date '2026-05-01' + cast(n % 365 as integer), '%Y-%m-%d'),
        timeline_production: '{"from":"'
            || strftime(date '2026-04-01' + cast(n % 365 as integer), '%Y-%m-%d') || '","to":"'
            || strftime(date '2026-04-20' + cast(n % 365 as integer), '%Y-%m-%d') || '"}',
        people_planner: '["person-' || (101 + n % 50) || '"]',
        dropdown_category: '["Label ' || (n % 4) || '","Label ' || (n % 4 + 1) || '"]',
        checkbox_sample: case when n % 3 = 0 then 'true' else 'false' end,
        email_contact: '{"email":"buyer' || (n % 40) || '@example.com","text":"buyer' || (n % 40) || '@example.com"}'
    }) as varchar)
from range($rows) as items (n)
