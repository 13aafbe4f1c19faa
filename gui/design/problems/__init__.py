"""What is wrong with the design, and the ways out of it."""
