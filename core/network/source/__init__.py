"""A network as readable PyTorch source."""
