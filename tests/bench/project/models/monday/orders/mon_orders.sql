{{ opus_current_items(board='orders', items=ref('mon_items')) }}
