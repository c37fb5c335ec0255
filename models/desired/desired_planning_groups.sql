-- The stages of production in their order; the last one's title is left to planning.
select 'forecast' as group_id, 'Forecast' as title, 1 as position
union all
select 'development', 'Development', 2
union all
select 'pre_production', 'Pre-production', 3
union all
select 'production', 'In production', 4
union all
select 'shipping', 'Shipping', 5
union all
select 'complete', null, 6
