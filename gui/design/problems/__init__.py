"""What is wrong with the design, and the fixes for it."""
