select min(layout_version) as oldest, max(layout_version) as newest
from (
    select object_name, max(layout_version) as layout_version
    from {schema}.mon_layout
    where object_type = 'table'
    group by object_name
) as objects
