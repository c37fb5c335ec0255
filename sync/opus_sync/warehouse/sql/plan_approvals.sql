select distinct decided_by
from {schema}.mon_decision
where board = :board
    and decision = 'APPROVE'
    and scope = 'plan'
    and plan_id = :plan_id
    and value_seen = :digest
