"""Accuracy and loss as curves."""
