select endpoint, account_id, board
from {schema}.mon_extract
where endpoint <> :endpoint or account_id <> :account_id
order by recorded_at
limit 1
