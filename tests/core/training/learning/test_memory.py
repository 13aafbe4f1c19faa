"""What happens when memory is short, with a real limit on the memory of a process."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.jobs.job import Reporter
from core.network.network import encode_network
from core.network.templates import TEMPLATES
from core.project.project import create_project
from core.runs.runs import open_run
from core.runs.unfinished import list_unfinished
from core.training.learning import memory
from core.training.learning.memory import (
    NoMemoryError,
    give_back_freed_memory,
    keeping_freed_memory,
    piece_that_fits,
)
from core.training.train_job import ResumeJob, TrainJob
from tests.conftest import write_images
from tests.core.conftest import PLAIN, curve_of, same_figures, small_network

ROOT = Path(__file__).resolve().parents[4]

LIMITED = """
import json, resource, sys
from pathlib import Path
from core.jobs.job import Reporter
from core.jobs.messages import Log
from core.training import run_plan
from core.training.train_job import TrainJob

texts = []

def hear(message):
    if isinstance(message, Log):
        texts.append(message.text)
        if "into parts of" in message.text:  # what comes after the training is not the subject
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)

make, megabytes = run_plan.make_trainer, int(sys.argv[4])

def make_and_limit(*given):
    made = make(*given)  # once all is loaded: the limit counts addresses, libraries included
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    return made

run_plan.make_trainer = make_and_limit
run = TrainJob(Path(sys.argv[1]), "scratch", sys.argv[2], 0, eval(sys.argv[3])).run(Reporter(hear))
print(json.dumps({"run": str(run.folder), "texts": texts}))
"""


@pytest.fixture
def large(tmp_path):
    """Give a project and a design of which an image takes some 30 MB in training."""
    write_images(tmp_path / "Photos" / "train", count=16, side=256)
    write_images(tmp_path / "Photos" / "val", count=8, side=256)
    network = small_network(side=256)
    for number in range(3):
        node = network.named(f"block{number}.conv")
        network = network.with_setting(node.id, "out_channels", (24, 32, 48)[number])
    (tmp_path / "large.json").write_bytes(encode_network(network))
    return create_project(tmp_path / "Project", tmp_path / "Photos"), str(tmp_path / "large.json")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_with_little_memory_batches_are_learnt_in_pieces(large):
    project, design = large
    options = {"epochs": 1, "batch_size": 32, "threads": 1, "augmentation": False, **PLAIN}
    command = [sys.executable, "-c", LIMITED, str(project.folder), design, repr(options), "100"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    heard = json.loads(shown.stdout)
    assert any("each batch is now split into parts of" in text for text in heard["texts"])
    assert open_run(Path(heard["run"])).result.images.train == 32


REFUSED = "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"


def test_without_memory_for_one_image_there_is_a_sentence_and_it_can_be_gone_on_with(
    small_project, design, monkeypatch
):
    loss = torch.nn.functional.cross_entropy

    def refuse(*given, **named):
        if torch.is_grad_enabled() and named.get("reduction") == "sum":
            raise RuntimeError(REFUSED)
        return loss(*given, **named)

    job = TrainJob(small_project.folder, "scratch", design, 0, {"epochs": 1, **PLAIN})
    with monkeypatch.context() as patch:
        patch.setattr(torch.nn.functional, "cross_entropy", refuse)
        with pytest.raises(NoMemoryError, match="even with one image at a time"):
            job.run(Reporter())
    (unfinished,) = list_unfinished(small_project.runs_folder)
    ResumeJob(unfinished.folder).run(Reporter())


def test_what_is_watched_with_is_computed_in_pieces_too(small_project, design, monkeypatch):
    options = {"epochs": 1, "batch_size": 4, **PLAIN}
    whole = TrainJob(small_project.folder, "scratch", design, 0, options).run(Reporter())
    call = torch.func.functional_call

    def short(module, weights, inputs):
        if len(inputs[0]) > 2:
            raise RuntimeError(REFUSED)
        return call(module, weights, inputs)

    monkeypatch.setattr(torch.func, "functional_call", short)
    pieces = TrainJob(small_project.folder, "scratch", design, 0, options).run(Reporter())
    same_figures(curve_of(pieces.folder), curve_of(whole.folder))


def test_on_a_processor_a_step_takes_less_than_a_gigabyte():
    network = TEMPLATES["resnet18"].build(2)
    assert piece_that_fits(network, 32, "cpu") == 11  # three pieces of about one size
    assert piece_that_fits(network, 8, "cpu") == 8
    assert piece_that_fits(TEMPLATES["lenet5"].build(10), 4096, "cpu") == 4096
    network = TEMPLATES["efficientnet-lite0"].build(2)
    assert piece_that_fits(network, 32, "cpu") == 8
    behind = [node.name for node in network.nodes if node.name.startswith(("stages.6", "head"))]
    assert piece_that_fits(network, 32, "cpu", behind) == 32  # the rest is computed beforehand


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_what_large_tensors_free_is_kept_while_training_and_given_back_after(monkeypatch):
    def resident():
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")

    monkeypatch.setattr(memory, "HELD_AT_EASE", 0)
    give_back_freed_memory()
    before = resident()
    with keeping_freed_memory():
        torch.ones(30_000_000, dtype=torch.uint8)
        assert resident() - before > 25_000_000
        monkeypatch.setattr(memory, "HELD_AT_EASE", resident() + 100_000_000)
        give_back_freed_memory()
        assert resident() - before > 25_000_000  # as it is little
        monkeypatch.setattr(memory, "HELD_AT_EASE", before)
        give_back_freed_memory()
        assert resident() - before < 10_000_000
    assert resident() - before < 10_000_000
