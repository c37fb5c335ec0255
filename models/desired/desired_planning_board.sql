select
    'Planning' as name,
    'Production planning: a line per order, milestones from tech pack to delivery.' as description
