"""What is shown of a design beside the canvas: source, pictures, comparisons, weights."""
