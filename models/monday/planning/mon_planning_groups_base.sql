{{ opus_groups_base(board='planning', current=ref('mon_planning_groups'), desired=ref('desired_planning_groups')) }}
