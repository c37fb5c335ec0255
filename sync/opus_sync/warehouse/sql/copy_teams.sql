select team_id, team_name
from {schema}.mon_raw_team
where extract_id = :extract_id
