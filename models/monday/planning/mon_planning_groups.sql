{{ opus_current_groups(board='planning', groups=ref('mon_groups'), items=ref('mon_items')) }}
