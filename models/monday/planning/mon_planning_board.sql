{{ opus_current_board(board='planning', boards=ref('mon_boards')) }}
