{{ opus_board_base(board='planning', current=ref('mon_planning_board'), desired=ref('desired_planning_board')) }}
