select endpoint, account_id, board
from {schema}.mon_extract
where endpoint <> :endpoint or account_id <> :account_id
group by endpoint, account_id, board
order by min(recorded_at)
