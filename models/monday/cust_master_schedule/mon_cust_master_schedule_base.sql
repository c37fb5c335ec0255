{{ opus_base(board='cust_master_schedule', entity='items', current=ref('mon_cust_master_schedule'), desired=[ref('desired_cust_master_schedule_items')]) }}
