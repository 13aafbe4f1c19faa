"""Taking a trained network away: one ONNX file, the proof, and the folder around it."""
