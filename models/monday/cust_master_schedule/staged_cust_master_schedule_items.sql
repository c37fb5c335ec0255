{{ opus_staged_items(board='cust_master_schedule', current=ref('mon_cust_master_schedule'), base=ref('mon_cust_master_schedule_base'), desired=[ref('desired_cust_master_schedule_items')]) }}
