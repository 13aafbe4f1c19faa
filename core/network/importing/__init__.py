"""Opening networks that were made elsewhere: torchvision's models and ONNX files."""
