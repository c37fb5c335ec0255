{{ config(alias=opus_house_name('STG_MON_Planning')) }}
{{ opus_stg_items(board='planning', staged=ref('staged_planning_items'), current=ref('mon_planning')) }}
