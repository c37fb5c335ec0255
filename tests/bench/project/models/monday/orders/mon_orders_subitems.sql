{{ opus_current_subitems(board='orders', items=ref('mon_items')) }}
