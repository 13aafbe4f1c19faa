"""ONNX in general: writing graphs, and running files."""
