-- The extract in force, and when a full one came into force last.
select
    extract_id,
    reading,
    monday_time,
    (
        select max(recorded_at)
        from {schema}.mon_extract
        where board = :board
            and status = 'ACTIVE'
            and mode = 'full'
    ) as full_at
from {schema}.mon_extract
where board = :board
    and status = 'ACTIVE'
    and seq = (select max(seq) from {schema}.mon_extract where board = :board and status = 'ACTIVE')
