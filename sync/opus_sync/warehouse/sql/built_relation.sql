select relation_name
from {schema}.mon_build_event
where node_name = :node
    and target = :target
    and status = 'success'
order by build_seq desc
