"""What lies over the canvas: prompts, finding, map, legend, menus."""
