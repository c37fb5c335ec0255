"""Whether each part that a command needs is good to go."""
