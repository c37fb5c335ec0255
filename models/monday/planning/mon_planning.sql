{{ config(alias=opus_house_name('MON_Planning')) }}
{{ opus_current_items(board='planning', items=ref('mon_items')) }}
