"""Looking into the network of a run."""
