"""The table of torchvision's networks says what torchvision itself says, without torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import torch
from torchvision import models

from core.opening.listing import list_networks
from core.pretrained.torchvision_table import entry, hub_folder, torchvision_table
from tests.core.pretrained.update_torchvision_table import described


def test_the_table_is_torchvisions_metadata() -> None:
    assert list(torchvision_table()) == models.list_models(module=models)
    for name, known in torchvision_table().items():
        said = msgspec.to_builtins(known)
        assert said.pop("title")
        assert 2014 <= said.pop("year") <= 2022
        theirs = described(name)
        theirs["preparation"] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in theirs["preparation"].items()
        }
        said["preparation"] = {key: said["preparation"][key] for key in theirs["preparation"]}
        assert said == theirs


@pytest.mark.parametrize("variable", ["TORCH_HOME", "XDG_CACHE_HOME", None])
def test_the_folder_is_torchs(
    variable: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TORCH_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path))
    assert str(hub_folder()) == torch.hub.get_dir()


def test_the_list_knows_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    known = entry("regnet_y_400mf")
    known.path.parent.mkdir(parents=True)
    known.path.write_bytes(b"weights")
    listed = {network.name: network for network in list_networks()}
    assert len(listed) == len(list_networks())
    assert listed["regnet_y_400mf"].available_offline
    assert not listed["resnet18"].available_offline
    assert listed["lenet5"].available_offline
    assert listed["resnet18"].top1_error == pytest.approx(0.30242)
    assert "SWAG" in listed["vit_h_14"].licence


def test_listing_needs_no_torch() -> None:
    code = (
        "import sys; from core.opening.listing import list_networks; list_networks(); "
        "print([n for n in ('torch', 'torchvision', 'onnx', 'PySide6') if n in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
