"""The Train workspace: recipes, progress and runs."""
