{{ opus_staged_groups(board='planning', current=ref('mon_planning_groups'), base=ref('mon_planning_groups_base'), desired=ref('desired_planning_groups'), items=ref('mon_items')) }}
