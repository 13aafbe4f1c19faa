"""Training: recipes, the feature store, and the runs they leave behind."""
