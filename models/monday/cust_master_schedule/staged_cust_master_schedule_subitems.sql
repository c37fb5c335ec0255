{{ opus_staged_subitems(
    board='cust_master_schedule',
    current=ref('mon_cust_master_schedule_subitems'),
    base=ref('mon_cust_master_schedule_subitems_base'),
    desired=[ref('desired_cust_master_schedule_subitems')],
    parents=ref('mon_cust_master_schedule'),
    staged_parents=ref('staged_cust_master_schedule_items'),
) }}
