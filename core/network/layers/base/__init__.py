"""What layer kinds are made of: what each tells of itself, settings, formulas, windows."""
