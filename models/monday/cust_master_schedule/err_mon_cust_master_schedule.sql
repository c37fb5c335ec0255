{{ config(alias=opus_house_name('ERR_MON_CustMasterSchedule')) }}
{{ opus_err_items(board='cust_master_schedule', errors=ref('err_mon_updates'), current=ref('mon_cust_master_schedule')) }}
