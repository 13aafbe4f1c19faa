"""Opening an ONNX Runtime session."""

from __future__ import annotations

import onnxruntime

from core.parallel import core_count

onnxruntime.disable_telemetry_events()  # Windows has a switch of its own; see `core/__init__.py`


def open_session(model: bytes, *, one_at_a_time: bool = False) -> onnxruntime.InferenceSession:
    """Open a session on a model's bytes.

    Args:
        model: The ONNX file's content.
        one_at_a_time: One image uses all cores, for a short answer. Otherwise each run uses one
            core, and several threads run the session at once, for many images in little time.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = core_count() if one_at_a_time else 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors: what a user should know comes as an exception
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
