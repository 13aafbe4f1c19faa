"""Where cards lie when they are arranged, and the way of wires around them."""
