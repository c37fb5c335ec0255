-- Set these to In Progress: orders that are being cut.
select
    "AAG ORDER NUMBER" as "AAG ORDER NUMBER",
    'In Progress' as "PLANNING STATUS",
    'In Progress' as "LINE STATUS"
from {{ ref('orders_unified') }}
where "CUT STATUS" = 'Cutting'
