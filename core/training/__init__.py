"""Training: features, learning, the quick recipe, and looking into a network at work."""
