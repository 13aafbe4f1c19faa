import subprocess
import sys

IMPORT_ALL = """
import pkgutil, sys
import core
MADE_FOR_TORCH = {
    "core.export.torch_reference",
    "core.network.running.module",
    "core.network.layers.base.torch_layers",
    "core.pretrained.torchvision_weights",
    "core.training.features.augmentation",
    "core.training.features.batches",
    "core.training.learning.compute_choice",
    "core.training.run_plan",
    "core.training.inside.inside",
    "core.training.inside.inside_job",
    "core.training.learning.learner",
    "core.training.learning.loop",
    "core.training.learning.memory",
    "core.training.learning.optimiser",
    "core.training.learning.setup",
    "core.training.learning.run_writer",
    "core.training.learning.trainer",
    "core.training.learning.training_state",
    "core.training.features.augmented_features",
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
