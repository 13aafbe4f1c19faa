"""Formulas as the inspector shows them."""
