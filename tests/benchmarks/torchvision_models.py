"""All of torchvision's classifiers: our counts against the `meta` of their own weights.

Run: python -m tests.benchmarks.torchvision_models [NAME ...]; exit status 1 if one differs.
"""

from __future__ import annotations

import sys
import time

from torchvision import models

from core.network.analysis import analyse
from core.network.importing.torchvision import crop_side, import_model, model_names


def main() -> int:
    """Print a line for each weights entry of each model."""
    wrong = 0
    for name in sys.argv[1:] or model_names():
        for entry in models.get_model_weights(name):
            began = time.perf_counter()
            analysis = analyse(import_model(name, side=crop_side(entry)))
            seconds = time.perf_counter() - began
            ours = analysis.parameters, round(analysis.multiply_adds / 1e9, 3)
            theirs = entry.meta["num_params"], entry.meta["_ops"]
            sound = ours == theirs and not [p for p in analysis.problems if not p.advice]
            wrong += not sound
            print(
                f"{name:<20}{entry.name:<28}{crop_side(entry):>4} px{ours[0]:>13,} parameters"
                f"{ours[1]:>10.3f} GMACs  {'=' if sound else f'DIFFERS from {theirs}'}"
                f"{seconds * 1000:>8.0f} ms",
                flush=True,
            )
    print(f"{wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
