"""The fields of the inspector, from a setting's type to its editor."""
