"""Looking into a network at work."""
