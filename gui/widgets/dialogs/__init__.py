"""What dialogs have in common, and asking where to save."""
