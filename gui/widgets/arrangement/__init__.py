"""How parts of a page lie, and in which order the Tab key visits them."""
