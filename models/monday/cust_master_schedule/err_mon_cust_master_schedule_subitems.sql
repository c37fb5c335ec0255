{{ config(alias=opus_house_name('ERR_MON_CustMasterSchedule_Subitems')) }}
{{ opus_err_subitems(board='cust_master_schedule', errors=ref('err_mon_updates'), current=ref('mon_cust_master_schedule_subitems')) }}
