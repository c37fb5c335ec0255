-- The events of the newest extract, and of the one that the items in force were read for.
select extract_id, mode, status, items_read, subitems_read, reason, recorded_at
from {schema}.mon_extract
where board = :board
    and extract_id in (
        select extract_id
        from {schema}.mon_extract
        where board = :board
            and seq in (
                select max(seq) from {schema}.mon_extract where board = :board
                union all
                select max(seq)
                from {schema}.mon_extract
                where board = :board
                    and status = 'ACTIVE'
                    and coalesce(mode, 'full') <> 'metadata'
            )
    )
order by seq
