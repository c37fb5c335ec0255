-- What the board should hold, in types a shop has: every $nth order differs from the board in four cells.
create or replace table main.orders as
select
    'AAG-' || n as "ORDER NUMBER",
    'Customer ' || (n % 40) as "CUSTOMER",
    'ST' || (n % 9000) as "STYLE",
    'Oxford shirt, long sleeve, fit ' || (n % 70) as "STYLE DESCRIPTION",
    'Colour ' || (n % 300) as "COLOUR",
    lpad(cast(n as varchar), 10, '0') as "PO NUMBER",
    'Hold until the trims of lot ' || (n % 5000) || ' are in; "press flat"' as "REMARKS",
    cast(1 + (n + moved) % 4999 as integer) as "ORDER QTY",
    cast((1 + n % 90) || '.25' as decimal(10, 2)) as "UNIT PRICE",
    cast(1 + n % 4999 as integer) as "CUT QTY",
    'Label ' || ((n + moved) % 8) as "ORDER STATUS",
    'Label ' || (n % 7) as "FABRIC STATUS",
    'Label ' || (n % 5) as "SEASON",
    date '2026-06-01' + cast(n % 365 as integer) as "DUE DATE",
    date '2026-05-01' + cast((n + moved) % 365 as integer) as "EX FACTORY",
    strftime(date '2026-04-01' + cast(n % 365 as integer), '%Y-%m-%d') || '/'
        || strftime(date '2026-04-20' + cast(n % 365 as integer), '%Y-%m-%d') as "PRODUCTION",
    'planner' || ((n + moved) % 50) || '@example.com' as "PLANNER",
    'Label ' || (n % 4) || ', Label ' || (n % 4 + 1) as "CATEGORY",
    n % 3 = 0 as "SAMPLE APPROVED",
    'buyer' || (n % 40) || '@example.com' as "CONTACT"
from (
    select n, case when n % $nth = 0 then 1 else 0 end as moved
    from range($rows) as orders (n)
) as orders
