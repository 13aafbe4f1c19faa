"""Writing ResNet-50 with its weights as ONNX: ours beside `torch.onnx.export`.

Run: python -m tests.benchmarks.onnx_writing
"""

from __future__ import annotations

import io
import statistics
import time
import warnings
from collections.abc import Callable

import torch
from torchvision import models

from core.network.templates import TEMPLATES
from tests.core.network.as_onnx import network_as_onnx

REPEATS = 5


def measured(work: Callable[[], object]) -> str:
    """Return median and range of the seconds that `work` takes."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return f"{statistics.median(times):.3f} s ({min(times):.3f} … {max(times):.3f})"


def main() -> None:
    """Print both."""
    warnings.simplefilter("ignore")
    model = models.resnet50(weights=None).eval()
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    network = TEMPLATES["resnet50"].build(1000)
    print("ours            ", measured(lambda: network_as_onnx(network, weights)))
    image = (torch.randn(1, 3, 224, 224),)
    print(
        "torch.onnx.export (TorchScript)",
        measured(lambda: torch.onnx.export(model, image, io.BytesIO(), dynamo=False)),
    )
    try:
        import onnxscript  # noqa: F401
    except ImportError:
        print("torch.onnx.export (dynamo) needs onnxscript, which is not installed")
        return
    print(
        "torch.onnx.export (dynamo)",
        measured(lambda: torch.onnx.export(model, image, dynamo=True, verbose=False)),
    )


if __name__ == "__main__":
    main()
