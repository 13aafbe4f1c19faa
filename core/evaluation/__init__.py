"""How good a trained network is, and how sure one can be of it."""
