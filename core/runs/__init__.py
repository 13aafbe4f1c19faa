"""Runs: what a training keeps, and what is known and said of it."""
