-- The events of the extract in force and of the newest one.
select extract_id, status, items_read, subitems_read, reason, recorded_at
from {schema}.mon_extract
where board = :board
    and extract_id in (
        select extract_id
        from {schema}.mon_extract
        where board = :board
            and seq in (
                select max(seq) from {schema}.mon_extract where board = :board
                union all
                select max(seq) from {schema}.mon_extract where board = :board and status = 'ACTIVE'
            )
    )
order by seq
