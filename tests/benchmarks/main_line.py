"""The main line measured on a folder of photos, with its peers in the same run.

python tests/benchmarks/main_line.py FOLDER          (FOLDER has train/ and val/)

Prints a table with ratios. The peers: PyTorch's usual recipe on the same weights (frozen layers,
eager mode, DataLoader, batches of 4, 25 epochs, of which one is timed), and ONNX Runtime on the
bare network with the preparation run before it.
"""

import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SEEDS = 5
EPOCHS = 25


def command(*arguments: object) -> tuple[dict, float]:
    """Run a command as a user does; return its JSON and the seconds from start to end."""
    began = time.perf_counter()
    shown = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments), "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(shown.stdout), time.perf_counter() - began


def row(what: str, value: str, wanted: str = "") -> None:
    print(f"{what:<66}{value:>16}   {wanted}")


def measure_training(photos: Path, folder: Path) -> tuple[dict, float]:
    _, first_ever = command("train", photos, "--project", folder / "ever")
    cold = [
        command("train", photos, "--project", folder / f"cold {n}", "--seed", n)
        for n in range(SEEDS)
    ]
    warm = [command("train", photos, "--project", folder / "cold 0") for _ in range(3)]
    accuracies = [result["accuracy"] for result, _ in cold]
    seconds = statistics.median(s for _, s in cold)
    row("validation accuracy, mean of 5 seeds", f"{statistics.mean(accuracies):.4f}", ">= 0.94")
    row("  smallest and largest", f"{min(accuracies):.4f}–{max(accuracies):.4f}")
    row(
        "features, images a second, decoding included (median)",
        f"{statistics.median(r['images_per_second'] for r, _ in cold):.0f}",
        ">= 100",
    )
    row("first training on this computer, weights converted, s", f"{first_ever:.1f}", "<= 10")
    row("from start of the command to the result, s (median)", f"{seconds:.1f}", "<= 10")
    row(
        "the same with features kept, s (median)",
        f"{statistics.median(s for _, s in warm):.1f}",
        "<= 3",
    )
    return cold[0][0], seconds


def measure_pytorch(photos: Path) -> float:
    """Return the seconds of 25 epochs of PyTorch's usual transfer recipe, one of them timed."""
    import torch
    from torch import nn
    from torchvision import datasets, transforms

    from core.jobs.job import Reporter
    from core.network.running.module import NetworkModule
    from core.pretrained.efficientnet_lite_weights import LITE0

    network, weights = LITE0.load(Reporter())
    model = NetworkModule(network, weights)
    model.requires_grad_(False)
    model.classifier = nn.Linear(1280, 2)
    scale = transforms.Normalize([127 / 255] * 3, [128 / 255] * 3)
    end = [transforms.ToTensor(), scale]
    augmented = transforms.Compose(
        [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), *end]
    )
    plain = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), *end])
    loaders = {
        name: torch.utils.data.DataLoader(
            datasets.ImageFolder(str(photos / name), transform), 4, shuffle=True, num_workers=4
        )
        for name, transform in (("train", augmented), ("val", plain))
    }
    optimiser = torch.optim.SGD(model.classifier.parameters(), lr=0.001, momentum=0.9)
    loss = nn.CrossEntropyLoss()
    began = time.perf_counter()
    for name, loader in loaders.items():
        model.train(name == "train")
        for images, labels in loader:
            with torch.set_grad_enabled(name == "train"):
                value = loss(model(images), labels)
            if name == "train":
                optimiser.zero_grad()
                value.backward()
                optimiser.step()
    return (time.perf_counter() - began) * EPOCHS


def measure_export(run: str, photos: Path, folder: Path) -> None:
    report, _ = command("export", run, "--out", folder / "export")
    parity = report["parity"]
    row("export: same most probable class", f"{parity['agreement']:.1%}", "100 %")
    row(
        "export: largest difference in probability",
        f"{parity['max_probability_difference']:.1e}",
        "< 1e-4",
    )
    check = report["torch_check"]["parity"]
    row("export: the same against PyTorch", f"{check['max_probability_difference']:.1e}", "< 1e-4")
    whole, parts = measure_latency(Path(run), folder / "export" / "model.onnx", photos)
    row("one image, p50, ms: the file", f"{whole:.2f}")
    row("one image, p50, ms: preparation and the bare network, summed", f"{parts:.2f}")
    row("  ratio", f"{whole / parts:.2f}", "<= 1.10")
    row("one image, p50, ms: PyTorch", f"{report['torch_check']['latency_ms']['p50']:.2f}")
    predicted, _ = command("predict", report["model"], photos / "val")
    row("predict on a folder, images a second", f"{predicted['images_per_second']:.0f}", ">= 100")


def measure_latency(run: Path, model: Path, photos: Path) -> tuple[float, float]:
    """Return p50 in ms of the file, and the sum of those of preparation and bare network."""
    import numpy as np
    import onnx

    from core.images.reading import read_image
    from core.inference.classifier import Classifier
    from core.network.running.batch_norm_folding import fold_batch_norms
    from core.onnx.graph_writer import GraphWriter
    from core.onnx.onnx_session import open_session
    from core.runs.runs import open_run
    from tests.core.network.as_onnx import network_as_onnx

    opened = open_run(run)
    graph = GraphWriter()
    prepared = opened.result.preparation.write(graph, "image")
    preparation = open_session(graph.model(
        {"image": (onnx.TensorProto.UINT8, ["height", "width", 3])},
        {"prepared": prepared}, {"prepared": [1, 3, 224, 224]},
    ), one_at_a_time=True)  # fmt: skip
    bare = open_session(network_as_onnx(*fold_batch_norms(*opened.network())), one_at_a_time=True)
    classifier = Classifier.from_file(model)
    pixels = [read_image(path) for path in sorted((photos / "val").rglob("*.jpg"))[:40]]

    inputs = [preparation.run(None, {"image": image})[0] for image in pixels]
    whole, before, alone = [], [], []
    for _ in range(5):  # in turns, so that all meet the same disturbances
        whole += timed(classifier.predict, pixels)
        before += timed(lambda image: preparation.run(None, {"image": image}), pixels)
        alone += timed(lambda value: bare.run(None, {"input": value}), inputs)
    file, first, second = (float(np.median(times) * 1000) for times in (whole, before, alone))
    return file, first + second


def timed(function: Callable[[object], object], images: list) -> list[float]:
    """Return the seconds of each call but the first ones, in which threads wake up."""
    times = []
    for image in images:
        began = time.perf_counter()
        function(image)
        times.append(time.perf_counter() - began)
    return times[5:]


def processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        return next(line.split(": ")[1] for line in text.splitlines() if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor()


def main() -> None:
    photos = Path(sys.argv[1]).resolve()
    cores = len(os.sched_getaffinity(0))
    print(f"{datetime.date.today()}, {processor()}, {cores} cores, {photos.name}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["LAYERLOOM_HOME"] = str(folder / "home")
        trained, seconds = measure_training(photos, folder)
        peer = measure_pytorch(photos)
        row("PyTorch's usual recipe, 25 epochs, one timed, s", f"{peer:.0f}")
        fit = trained["seconds"]["features"] + trained["seconds"]["fit"]
        row(
            "  ratio to features and fit (neither with its imports)",
            f"{peer / fit:.0f} ×",
            ">= 100",
        )
        row("  ratio to the whole command, imports included", f"{peer / seconds:.0f} ×")
        measure_export(trained["run"], photos, folder)


if __name__ == "__main__":
    main()
