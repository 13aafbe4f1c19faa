"""Training measured on photos and digits, with its peers in the same run.

python tests/benchmarks/training.py FOLDER [PART …]      (FOLDER has train/ and val/)

Parts: balanced, epoch, thorough, sizes, digits, messages; all by default. The peer is PyTorch's
usual loop: the same network, the same frozen layers, fp32, NCHW, `DataLoader` with two workers,
batches of 32, the same kind of augmentation and of batch normalisation; OpenMP's threads wait as
Layerloom's do. Its weights are fresh where only speed is measured.
"""

import datetime
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in main.py: for the peer too
sys.path.insert(0, str(ROOT))

SEEDS = 5
BATCH = 32

peaks: list[float] = []
"""Memory of each command so far, in GB."""


def command(*arguments: object) -> tuple[dict, float]:
    """Run a command as a user does; return its JSON and the seconds from start to end."""
    began = time.perf_counter()
    line = [sys.executable, str(ROOT / "main.py"), *map(str, arguments), "--json"]
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=told, text=True) as process,
    ):
        assert process.stdout is not None
        shown = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)  # the peers' memory is not meant
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        if process.returncode:
            raise RuntimeError(f"{line}: {told.read()}")
    peaks.append(used.ru_maxrss / 1024**2)
    return json.loads(shown), time.perf_counter() - began


def row(what: str, value: str, wanted: str = "") -> None:
    print(f"{what:<66}{value:>16}   {wanted}", flush=True)


def epochs_of(run: str) -> list:
    from core.runs.curve import EpochPoint, read_curve

    points = read_curve(Path(run) / "metrics.jsonl")
    return [point for point in points if isinstance(point, EpochPoint)]


def measure_balanced(photos: Path, folder: Path) -> None:
    """Accuracy and time of Balanced against Quick, each seed with caches of its own."""
    command("train", photos, "--project", folder / "first")  # converts the weights
    accuracy, seconds = {"quick": [], "balanced": []}, {"quick": [], "balanced": []}
    for seed, recipe in itertools.product(range(SEEDS), accuracy):
        project = folder / f"{recipe} {seed}"
        result, took = command(
            "train", photos, "--project", project, "--recipe", recipe, "--seed", seed
        )
        accuracy[recipe].append(result["accuracy"])
        seconds[recipe].append(took)
    for recipe, values in accuracy.items():
        spread = f"({min(values):.4f}–{max(values):.4f})"
        row(f"{recipe}: accuracy, mean of {SEEDS} seeds {spread}", f"{statistics.mean(values):.4f}")
    row("  balanced − quick", f"{means(accuracy):+.4f}", ">= 0")
    times = seconds["balanced"]
    row(
        f"balanced: the whole command, s, median ({min(times):.0f}–{max(times):.0f})",
        f"{statistics.median(times):.1f}",
        "<= 60",
    )
    memory()


def means(accuracy: dict[str, list[float]]) -> float:
    return statistics.mean(accuracy["balanced"]) - statistics.mean(accuracy["quick"])


def measure_epoch(photos: Path, folder: Path) -> None:
    """Images a second of Balanced's epochs against the plain loop, in turns."""
    from core.network.network import read_network
    from core.runs.runs import open_run

    ours, theirs = [], []
    for turn in range(3):
        result, _ = command(
            "train", photos, "--project", folder / "epoch", "--recipe", "balanced",
            "--epochs", 4, "--option", "patience=0", "--seed", turn,
        )  # fmt: skip
        ours += [point.images_per_second for point in epochs_of(result["run"])]
        run = Path(result["run"])
        theirs.append(plain_loop(photos, read_network(run / "network.json"), open_run(run)))
    ratios("balanced, an epoch", ours, theirs, ">= 5")


def measure_thorough(photos: Path, folder: Path) -> None:
    """Images a second over all epochs of Thorough, against the plain loop, in turns."""
    from core.network.network import read_network
    from core.runs.runs import open_run

    for name, wanted in (("resnet18", ">= 2"), ("mobilenet_v3_small", ">= 1")):
        design = with_fresh_weights(name, folder)
        ours, whole, theirs = [], [], []
        for turn in range(2):
            result, _ = command(
                "train", photos, "--project", folder / name, "--recipe", "thorough",
                "--network", design, "--epochs", 10, "--option", "patience=0", "--seed", turn,
            )  # fmt: skip
            rates = [point.images_per_second for point in epochs_of(result["run"])]
            ours.append(statistics.harmonic_mean(rates))
            whole.append(rates[-1])
            run = open_run(Path(result["run"]))
            theirs.append(plain_loop(photos, read_network(run.folder / "network.json"), run))
            chosen = run.settings.chosen
        row(f"{name}: chosen", f"{chosen['precision']} {chosen['layout']}")
        ratios(f"{name}, thorough, all of 10 epochs", ours, theirs, wanted)
        row("  its last epoch, in full size, images/s", f"{statistics.median(whole):.0f}")
    memory()


def with_fresh_weights(name: str, folder: Path) -> Path:
    """Write a design with weights to start from, as none can be downloaded everywhere.

    They are random; the statistics of batch normalisation are those of random images.
    """
    import safetensors.numpy
    import torch

    from core.jobs.job import Reporter
    from core.network.network import encode_network
    from core.network.running.module import NetworkModule
    from core.training.starting_point import starting_point

    network = starting_point(name, ["ants", "bees"], Reporter(), fresh=True).network
    module = NetworkModule(network).train()
    for part in module.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None  # the mean over all batches
    with torch.no_grad():
        for _ in range(4):
            module(torch.randn(8, 3, 224, 224))
    state = module.state_dict()
    path = folder / f"{name}.json"
    path.write_bytes(encode_network(network))
    safetensors.numpy.save_file(
        {k: v.numpy() for k, v in state.items()}, f"{folder / name}.safetensors"
    )
    return path


def measure_sizes(photos: Path, folder: Path) -> None:
    """Thorough from real weights with small images first, against all epochs in full size."""
    for share in (0.7, 0.0):
        accuracy, losses, seconds = [], [], []
        for seed in range(3):
            result, took = command(
                "train", photos, "--project", folder / f"sizes {share} {seed}",
                "--recipe", "thorough", "--option", f"small_first={share}",
                "--epochs", 10, "--option", "patience=0", "--seed", seed,
            )  # fmt: skip
            points = epochs_of(result["run"])
            accuracy.append(points[-1].validation_accuracy)
            losses.append(points[-1].validation_loss)
            seconds.append(took)
        told = f"thorough, small_first={share}, last of 10 epochs, 3 seeds"
        spread = f"({min(accuracy):.4f}–{max(accuracy):.4f})"
        row(f"{told}: accuracy {spread}", f"{statistics.mean(accuracy):.4f}")
        row(f"  loss ({min(losses):.3f}–{max(losses):.3f})", f"{statistics.mean(losses):.4f}")
        row("  the whole command, s", f"{statistics.mean(seconds):.0f}")


def memory() -> None:
    row("memory of the largest training so far, GB", f"{max(peaks):.2f}", "<= 2")


def ratios(what: str, ours: list[float], theirs: list[float], wanted: str) -> None:
    mine, peer = statistics.median(ours), statistics.median(theirs)
    row(f"{what}, images/s ({min(ours):.0f}–{max(ours):.0f})", f"{mine:.0f}")
    row(f"  the plain loop ({min(theirs):.0f}–{max(theirs):.0f})", f"{peer:.0f}")
    row("  ratio", f"{mine / peer:.1f} ×", wanted)


def plain_loop(photos: Path, network: object, run: object) -> float:
    """Return the training images a second of an epoch of PyTorch's usual loop."""
    import torch
    from torch import nn
    from torchvision import datasets, transforms

    from core.network.running.module import NetworkModule

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    preparation = run.result.preparation
    module = NetworkModule(network, run.network()[1])
    frozen = [node.name for node in network.nodes if node.frozen]
    held = dict(module.named_modules())
    for name in frozen:
        if name in held:
            held[name].requires_grad_(False)
    normalise = transforms.Normalize(
        [value / 255 for value in preparation.mean], [value / 255 for value in preparation.scale]
    )
    transform = transforms.Compose([
        transforms.RandomResizedCrop(preparation.crop), transforms.RandomHorizontalFlip(),
        transforms.ColorJitter(0.15, 0.15, 0.15), transforms.ToTensor(), normalise,
    ])  # fmt: skip
    images = datasets.ImageFolder(str(photos / "train"), transform)
    loader = torch.utils.data.DataLoader(images, BATCH, shuffle=True, num_workers=2)
    learning = [p for p in module.parameters() if p.requires_grad]
    optimiser, loss = torch.optim.AdamW(learning), nn.CrossEntropyLoss()
    module.train()
    stored = run.settings.options.get("stored_statistics", False)
    for name, part in held.items():
        if name in frozen or (stored and isinstance(part, nn.BatchNorm2d)):
            part.eval()

    def step(pixels: torch.Tensor, labels: torch.Tensor) -> None:
        optimiser.zero_grad()
        loss(module(pixels), labels).backward()
        optimiser.step()

    step(*next(iter(loader)))  # the first step chooses kernels
    began = time.perf_counter()
    for pixels, labels in loader:
        step(pixels, labels)
    return len(images) / (time.perf_counter() - began)


def measure_digits(folder: Path) -> None:
    from core.images.sample import write_digits
    from core.jobs.job import Reporter

    write_digits(folder / "Digits", Reporter())
    for seed in range(3):
        result, took = command(
            "train", folder / "Digits", "--project", folder / f"digits {seed}",
            "--recipe", "scratch", "--network", "lenet5", "--seed", seed,
        )  # fmt: skip
        row(
            f"LeNet-5 on digits, seed {seed}: test accuracy", f"{result['accuracy']:.4f}", ">= 0.98"
        )
        row("  the whole command, s", f"{took:.1f}", "<= 60")


def measure_messages() -> None:
    """The cost of the most messages a training sends, through a real pipe."""
    import multiprocessing

    from core.jobs.job import Reporter
    from core.jobs.phases import Phase
    from core.runs.curve import BatchPoint

    ours, theirs = multiprocessing.Pipe()
    report = Reporter(ours.send)
    point = BatchPoint(
        step=1, epoch=0.5, loss=1.0, accuracy=0.5, learning_rate=0.1, images_per_second=100.0
    )
    spent, calls = 0.0, 0
    until = time.perf_counter() + 3
    while time.perf_counter() < until:
        began = time.perf_counter()
        report.point(point)
        report.progress(Phase.TRAINING, calls, 10**9)
        spent += time.perf_counter() - began
        calls += 1
        time.sleep(0.002)  # a batch
        while theirs.poll():
            theirs.recv()
    row("messages, share of the time of training, at 500 batches a second",
        f"{spent / 3:.3%}", "<= 1 %")  # fmt: skip


def main() -> None:
    photos, parts = Path(sys.argv[1]).resolve(), sys.argv[2:]
    cores = len(os.sched_getaffinity(0))
    print(f"{datetime.date.today()}, {cores} cores, load {os.getloadavg()[0]:.1f}, {photos.name}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["LAYERLOOM_HOME"] = str(folder / "home")
        known = {
            "balanced": lambda: measure_balanced(photos, folder),
            "epoch": lambda: measure_epoch(photos, folder),
            "thorough": lambda: measure_thorough(photos, folder),
            "sizes": lambda: measure_sizes(photos, folder),
            "digits": lambda: measure_digits(folder),
            "messages": measure_messages,
        }
        for name in parts or known:
            known[name]()


if __name__ == "__main__":
    main()
