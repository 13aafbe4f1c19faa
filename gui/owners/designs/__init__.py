"""The open design: its state, its files, and what keeps and recovers what is unsaved."""
