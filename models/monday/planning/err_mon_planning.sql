{{ config(alias=opus_house_name('ERR_MON_Planning')) }}
{{ opus_err_items(board='planning', errors=ref('err_mon_updates'), current=ref('mon_planning')) }}
