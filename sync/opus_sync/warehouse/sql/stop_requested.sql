select decided_by, reason
from {schema}.mon_decision
where board = :board
    and decision = 'STOP'
    and seq >= :since
order by seq desc
