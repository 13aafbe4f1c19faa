"""The drawing of the design: cards, wires, and the gestures on them."""
