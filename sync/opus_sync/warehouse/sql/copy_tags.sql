select tag_id, tag_name
from {schema}.mon_raw_tag
where extract_id = :extract_id
