"""What is computed of images before learning, and kept."""
