"""What is painted on the canvas: cards, wires, frames, hints."""
