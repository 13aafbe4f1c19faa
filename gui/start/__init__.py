"""The start page: what to begin with, and what was open lately."""
