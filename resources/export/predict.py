"""Classify images with the model.onnx beside this file: python predict.py photo.jpg folder/ ...

Needs only: pip install onnxruntime numpy pillow
"""

import json
import os
import sys
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before it is imported; Windows needs the call below
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

onnxruntime.disable_telemetry_events()
Image.MAX_IMAGE_PIXELS = None
Image.init()
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF")
SUFFIXES = """.jpg .jpeg .jpe .jfif .mpo .png .webp .gif .bmp .dib .avif .tif .tiff
    .pbm .pgm .ppm .pnm .jp2 .j2k""".split()


def read_image(path):
    """Return RGB pixels (height, width, 3): upright, over white, 8 bits, first frame."""
    with Image.open(path, "r", FORMATS) as image:
        if image.width * image.height > 200_000_000:
            raise ValueError("more than 200 million pixels")
        image.load()
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I;16") or image.mode in ("I", "F"):
            values = np.nan_to_num(np.asarray(image).astype(np.float32))
            unit = 257.0 if image.mode != "F" else 1.0 if values.max(initial=0.0) > 1 else 1 / 255
            image = Image.fromarray(np.clip(values / unit + 0.5, 0, 255).astype(np.uint8))
        elif image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
            white = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(white, image.convert("RGBA"))
        return np.asarray(image.convert("RGB"))


def main():
    """Print each image's path and its three most probable classes."""
    model = Path(__file__).resolve().with_name("model.onnx").read_bytes()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    labels = json.loads(session.get_modelmeta().custom_metadata_map["layerloom.labels"])
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for path in (Path(argument) for argument in sys.argv[1:]):
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
        for file in inside if path.is_dir() else [path]:
            try:
                probabilities = session.run(None, {"image": read_image(file)})[0]
            except Exception as error:
                print(f"{file}: cannot be read ({error})", file=sys.stderr)
                continue
            best = probabilities.argsort()[::-1][:3]
            print(f"{file}:", *(f"{labels[i]} {probabilities[i]:.4f}" for i in best))


if __name__ == "__main__":
    main()
