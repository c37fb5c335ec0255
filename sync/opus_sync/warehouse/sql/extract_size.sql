select count(*) as items
from {schema}.mon_raw_item
where extract_id = :extract_id
