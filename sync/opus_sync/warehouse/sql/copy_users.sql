select user_id, user_name, email, kind, status
from {schema}.mon_raw_user
where extract_id = :extract_id
