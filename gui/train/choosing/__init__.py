"""Choosing recipe, network and settings."""
