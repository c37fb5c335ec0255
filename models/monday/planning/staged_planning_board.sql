{{ opus_staged_board(board='planning', current=ref('mon_planning_board'), base=ref('mon_planning_board_base'), desired=ref('desired_planning_board')) }}
