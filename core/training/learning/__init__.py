"""Learning: the trainer with all that it needs. Imports torch."""
