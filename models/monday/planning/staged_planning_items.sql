{{ opus_staged_items(board='planning', current=ref('mon_planning'), base=ref('mon_planning_base'), desired=[ref('desired_planning_items'), ref('desired_planning_items__in_progress')]) }}
