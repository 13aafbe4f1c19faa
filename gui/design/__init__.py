"""The Design workspace."""
