"""Kills the real commands at random moments while requests go wrong and people edit; then looks for what is amiss."""
