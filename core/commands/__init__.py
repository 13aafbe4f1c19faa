"""The commands: what the program does without its window."""
