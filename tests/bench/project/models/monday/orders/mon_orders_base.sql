{{ opus_base(board='orders', entity='items', current=ref('mon_orders'), desired=[ref('desired_orders_items')]) }}
