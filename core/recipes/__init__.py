"""Recipes as records, their settings, and what was measured of them."""
