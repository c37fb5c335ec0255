select min(layout_version) as oldest, max(layout_version) as newest
from {schema}.mon_layout
