{{ config(alias=opus_house_name('MON_CustMasterSchedule')) }}
{{ opus_current_items(board='cust_master_schedule', items=ref('mon_items')) }}
