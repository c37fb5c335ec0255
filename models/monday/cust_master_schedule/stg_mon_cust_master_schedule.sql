{{ config(alias=opus_house_name('STG_MON_CustMasterSchedule')) }}
{{ opus_stg_items(board='cust_master_schedule', staged=ref('staged_cust_master_schedule_items'), current=ref('mon_cust_master_schedule')) }}
