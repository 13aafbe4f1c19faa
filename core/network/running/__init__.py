"""A network that computes: as ONNX, as a torch module, with weights, and how fast."""
