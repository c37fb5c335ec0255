{{ opus_base(board='planning', entity='items', current=ref('mon_planning'), desired=[ref('desired_planning_items'), ref('desired_planning_items__in_progress')]) }}
