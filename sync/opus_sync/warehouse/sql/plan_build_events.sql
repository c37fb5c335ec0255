select build_seq, node, node_name, node_type, status, attached_node, extract_id, as_of_seq, relation_name
from {own_schema}.mon_build_event
where target = :target
    and (board = :board or node_name in (:items, :subitems))
    and build_seq >= (
        select min(newest.build_seq)
        from (
            select node_name, max(build_seq) as build_seq
            from {own_schema}.mon_build_event
            where target = :target
                and node_name in (:items, :subitems)
            group by node_name
        ) as newest
    )
