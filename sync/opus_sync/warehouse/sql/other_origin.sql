select endpoint, account_id, min(board) as board
from {schema}.mon_extract
where endpoint <> :endpoint or account_id <> :account_id
group by endpoint, account_id
order by min(recorded_at)
