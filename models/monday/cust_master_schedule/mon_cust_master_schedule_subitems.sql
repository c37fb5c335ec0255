{{ opus_current_subitems(board='cust_master_schedule', items=ref('mon_items')) }}
