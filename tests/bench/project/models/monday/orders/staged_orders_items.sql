{{ opus_staged_items(board='orders', current=ref('mon_orders'), base=ref('mon_orders_base'), desired=[ref('desired_orders_items')]) }}
