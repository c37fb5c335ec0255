{{ config(alias=opus_house_name('MON_CustMasterSchedule_Subitems')) }}
{{ opus_current_subitems(board='cust_master_schedule', items=ref('mon_items')) }}
