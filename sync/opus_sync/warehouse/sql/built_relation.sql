-- What dbt built of a model, the newest first.
select relation_name
from {own_schema}.mon_build_event
where node_name = :node_name
    and target = :target
    and status = 'success'
order by build_seq desc
