{{ config(alias=opus_house_name('STG_MON_CustMasterSchedule_Subitems')) }}
{{ opus_stg_subitems(
    board='cust_master_schedule',
    staged=ref('staged_cust_master_schedule_subitems'),
    current=ref('mon_cust_master_schedule_subitems'),
    staged_parents=ref('staged_cust_master_schedule_items'),
) }}
