"""The network as a table: all that the canvas shows, for the keyboard and the screen reader."""
