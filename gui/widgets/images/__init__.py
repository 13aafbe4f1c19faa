"""Images in grids and alone."""
