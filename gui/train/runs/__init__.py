"""The runs of a project as a table, and what can be done with them."""
