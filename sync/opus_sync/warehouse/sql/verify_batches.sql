select
    started.batch_id,
    min(started.customer_name) as customer_name,
    min(started.recorded_at) as started_at,
    min(started.seq) as first_seq
from {schema}.mon_batch_event as started
where started.board = :board
    and started.event = 'STARTED'
    and (
        started.batch_id = :batch_id
        or (
            :batch_id = ''
            and coalesce(started.update_batch_id, '') = (
                select coalesce(newest.update_batch_id, '')
                from {schema}.mon_batch_event as newest
                where newest.board = :board
                    and newest.event = 'STARTED'
                    and newest.seq = (
                        select max(seq)
                        from {schema}.mon_batch_event
                        where board = :board
                            and event = 'STARTED'
                    )
            )
        )
    )
group by started.batch_id
order by first_seq
