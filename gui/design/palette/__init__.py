"""The palette of layers and blocks, and the search for one at the cursor."""
