"""The Train workspace: progress, status, and what leads to recipes, curves and runs."""
