"""The Test workspace: how far the answers can be trusted, and trying them."""
