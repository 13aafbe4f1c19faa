"""Running ONNX files leaves nothing behind, and so has nothing to send."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx

from core.onnx.graph_writer import GraphWriter

ROOT = Path(__file__).resolve().parents[3]

OPEN = """
import sys
from pathlib import Path
from core.onnx.onnx_session import open_session
print(open_session(Path(sys.argv[1]).read_bytes()).run(None, {"x": [1.0]})[0])
"""


def test_onnx_runtime_keeps_no_record_of_its_use(tmp_path):
    graph = GraphWriter()
    doubled = graph.add("Add", ["x", "x"])
    model = tmp_path / "model.onnx"
    floats = (onnx.TensorProto.FLOAT, [1])
    model.write_bytes(graph.model({"x": floats}, {"y": doubled}, {"y": [1]}))
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    folders = {"HOME": str(home), "LOCALAPPDATA": str(home), "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(
        [sys.executable, "-c", OPEN, str(model)],
        env={**environment, **folders},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == str(np.array([2.0], np.float32))
    assert list(home.rglob("*")) == []
