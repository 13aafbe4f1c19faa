"""Pretrained networks: which there are, where their weights come from, how they are read."""
