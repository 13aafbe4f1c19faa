"""The look: theme, scale, icons, numbers and translated texts."""
