"""Prediction with ONNX Runtime alone."""
