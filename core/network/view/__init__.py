"""What is seen of a network: cards for layers and groups, where they lie, and their wires."""
