{{ opus_current_items(board='planning', items=ref('mon_items')) }}
