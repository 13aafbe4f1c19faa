import subprocess
import sys

IMPORT_ALL = """
import pkgutil, sys
import core
MADE_FOR_TORCH = {
    "core.export.torch_reference",
    "core.network.module",
    "core.network.torch_layers",
    "core.pretrained.torchvision_weights",
    "core.training.augmentation",
    "core.training.batches",
    "core.training.choosing",
    "core.training.fitting",
    "core.training.inside",
    "core.training.inside_job",
    "core.training.learner",
    "core.training.loop",
    "core.training.memory",
    "core.training.optimiser",
    "core.training.preparing",
    "core.training.run_writer",
    "core.training.trainer",
    "core.training.training_state",
    "core.training.views",
}
for module in pkgutil.walk_packages(core.__path__, "core."):
    if module.name not in MADE_FOR_TORCH and ".importing" not in module.name:
        __import__(module.name)
print([name for name in ("torch", "PySide6", "gui") if name in sys.modules])
"""


def test_core_imports_neither_torch_nor_qt():
    shown = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = ("torch", "sklearn", "onnxruntime", "onnx", "numpy")
    code = (
        f"import sys, core.commands.command_line; print([n for n in {heavy} if n in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
