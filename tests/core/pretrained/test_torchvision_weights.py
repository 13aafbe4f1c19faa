"""Weights come from torch's cache, from a file or from the network, and never from elsewhere."""

from __future__ import annotations

import hashlib
import http.server
import threading
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import safetensors.torch
import torch
from torchvision import models

from core.jobs.job import Reporter
from core.network.running.module import NetworkModule
from core.pretrained.download import DownloadError, download
from core.pretrained.imagenet import PretrainedError
from core.pretrained.torchvision_table import torchvision_table
from core.pretrained.torchvision_weights import load
from core.pretrained.weights_file import WeightsFileError, read_weights

DATA = bytes(range(256)) * 20_000
NAME = f"tiny-{hashlib.sha256(DATA).hexdigest()[:8]}.pth"


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves DATA, also from the middle; breaks off the first time where asked to."""

    breaks = False
    ranges: list[str]

    def do_GET(self) -> None:
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.ranges.append(self.headers.get("Range", ""))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(DATA) - start))
        self.end_headers()
        end = len(DATA) // 2 if type(self).breaks and not start else len(DATA)
        self.wfile.write(DATA[start:end])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.breaks, Handler.ranges = False, []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/{NAME}"
        running.shutdown()
        thread.join()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    return tmp_path / "hub" / "checkpoints"


def test_download_with_progress(server: str, tmp_path: Path) -> None:
    seen = []
    download(server, tmp_path / NAME, Reporter(seen.append))
    assert (tmp_path / NAME).read_bytes() == DATA
    assert (seen[-1].done, seen[-1].total) == (len(DATA), len(DATA))
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_broken_download_is_gone_on_with(server: str, tmp_path: Path) -> None:
    Handler.breaks = True
    with pytest.raises(DownloadError, match="cannot be downloaded"):
        download(server, tmp_path / NAME, Reporter())
    assert not (tmp_path / NAME).exists()
    download(server, tmp_path / NAME, Reporter())
    assert (tmp_path / NAME).read_bytes() == DATA
    assert Handler.ranges[-1] == f"bytes={len(DATA) // 2}-"


def test_a_file_of_another_hash_is_not_kept(server: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="does not start with 00000000"):
        download(server, tmp_path / "tiny-00000000.pth", Reporter())
    assert list(tmp_path.iterdir()) == []


def test_from_torchs_cache(hub: Path) -> None:
    model = models.squeezenet1_1(weights=None).eval()
    known = torchvision_table()["squeezenet1_1"]
    assert known.path.parent == hub
    hub.mkdir(parents=True)
    torch.save(model.state_dict(), known.path)
    network, weights = known.load(Reporter())
    image = torch.randn(1, 3, 224, 224)
    with torch.no_grad():
        torch.testing.assert_close(NetworkModule(network, weights).eval()(image), model(image))


def test_from_a_file_of_the_users(hub: Path, tmp_path: Path) -> None:
    state = models.squeezenet1_1(weights=None).state_dict()
    for file in (tmp_path / "mine.safetensors", tmp_path / "mine.pth"):
        if file.suffix == ".pth":
            torch.save({"state_dict": {f"module.{k}": v for k, v in state.items()}}, file)
        else:
            safetensors.torch.save_file(state, file)
        _, weights = load("squeezenet1_1", 224, file)
        np.testing.assert_array_equal(weights["features.0.bias"], state["features.0.bias"])


def test_weights_of_another_network(hub: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.pth"
    torch.save(models.squeezenet1_0(weights=None).state_dict(), file)
    with pytest.raises(PretrainedError, match="not the weights of squeezenet1_1"):
        load("squeezenet1_1", 224, file)


def test_without_a_network(hub: Path) -> None:
    nobody = "http://127.0.0.1:9/squeezenet1_1-00000000.pth"
    known = msgspec.structs.replace(torchvision_table()["squeezenet1_1"], url=nobody)
    with pytest.raises(PretrainedError, match="not on this computer") as failure:
        known.present(Reporter())
    assert str(hub) in failure.value.hint


def test_what_is_not_there_is_downloaded_once(hub: Path, server: str) -> None:
    known = msgspec.structs.replace(torchvision_table()["squeezenet1_1"], url=server)
    assert known.present(Reporter()).read_bytes() == DATA
    assert known.present(Reporter()) == hub / NAME
    assert len(Handler.ranges) == 1


def test_googlenet_brings_pixels_to_its_own_normalisation(hub: Path) -> None:
    model = models.googlenet(
        weights=None, aux_logits=False, init_weights=False, transform_input=True
    ).eval()
    hub.mkdir(parents=True)
    torch.save(model.state_dict(), torchvision_table()["googlenet"].path)
    network, weights = torchvision_table()["googlenet"].load(Reporter())
    image = torch.randn(1, 3, 224, 224)
    with torch.no_grad():
        ours = NetworkModule(network, weights).eval()(image)
        torch.testing.assert_close(ours, model(image), rtol=1e-4, atol=1e-6)


class Evil:
    """What a pickle can do."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("made-by-a-pickle"),))


def test_no_pickle_is_run(tmp_path: Path) -> None:
    file = tmp_path / "evil.pth"
    torch.save({"weight": Evil()}, file)
    with pytest.raises(WeightsFileError, match="not opened for safety"):
        read_weights(file)
    assert not Path("made-by-a-pickle").exists()


@pytest.mark.parametrize("name", ["a.pth", "a.safetensors", "a.txt"])
def test_damaged_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"no weights at all")
    with pytest.raises(WeightsFileError):
        read_weights(tmp_path / name)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_numbers_of_other_lengths(dtype: torch.dtype, tmp_path: Path) -> None:
    state = {"a.weight": torch.randn(3, 2).to(dtype), "a.counter": torch.tensor(7)}
    safetensors.torch.save_file(state, tmp_path / "a.safetensors")
    torch.save(state, tmp_path / "a.PTH")
    for name in ("a.safetensors", "a.PTH"):
        read = read_weights(tmp_path / name)
        assert read["a.weight"].dtype == np.float32
        np.testing.assert_array_equal(read["a.weight"], state["a.weight"].float().numpy())
        assert read["a.counter"] == 7


def test_numbers_that_are_not_read(tmp_path: Path) -> None:
    state = {"a": torch.zeros(3, dtype=torch.float8_e4m3fn)}
    safetensors.torch.save_file(state, tmp_path / "a.safetensors")
    with pytest.raises(WeightsFileError, match="F8_E4M3"):
        read_weights(tmp_path / "a.safetensors")


def test_views_that_would_fill_the_memory(tmp_path: Path) -> None:
    torch.save({"a": torch.zeros(1).expand(10**6, 10**6)}, tmp_path / "a.pth")
    with pytest.raises(WeightsFileError, match="larger than the file"):
        read_weights(tmp_path / "a.pth")


def test_a_packed_file_that_would_fill_the_memory(tmp_path: Path) -> None:
    torch.save({"a": torch.zeros(1)}, tmp_path / "a.pth")
    first, *entries = (tmp_path / "a.pth").read_bytes().split(b"PK\x01\x02")
    large = b"\xf0\xff\xff\xff"  # what the directory states as the size of each part
    data = b"PK\x01\x02".join([first, *(part[:20] + large + part[24:] for part in entries)])
    (tmp_path / "a.pth").write_bytes(data)
    with pytest.raises(WeightsFileError, match="would decompress to"):
        read_weights(tmp_path / "a.pth")


def test_a_small_file_of_many_numbers_is_refused_unread(tmp_path: Path) -> None:
    """PyTorch reads packed parts, but writes none: 40 MB of zeros fit into 40 kB."""
    torch.save({"a": torch.zeros(10_000_000)}, tmp_path / "a.pth")
    with (
        zipfile.ZipFile(tmp_path / "a.pth") as plain,
        zipfile.ZipFile(tmp_path / "b.pth", "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in plain.namelist():
            packed.writestr(name, plain.read(name))
    with pytest.raises(WeightsFileError, match="compressed files"):
        read_weights(tmp_path / "b.pth")


def test_views_of_few_numbers_are_refused(tmp_path: Path) -> None:
    torch.save({"a": torch.zeros(1).expand(1000, 1000)}, tmp_path / "a.pth")
    with pytest.raises(WeightsFileError, match="larger than the file"):
        read_weights(tmp_path / "a.pth")


def test_a_file_of_torchscript_is_a_sentence_without_warnings(tmp_path: Path) -> None:
    with warnings.catch_warnings(action="ignore"):
        traced = torch.jit.trace(torch.nn.Linear(2, 2), torch.zeros(1, 2))
        torch.jit.save(traced, str(tmp_path / "a.pth"))
    with pytest.raises(WeightsFileError, match="the model's state_dict"):
        read_weights(tmp_path / "a.pth")
