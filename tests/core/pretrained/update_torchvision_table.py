"""Bring the table of torchvision's networks up to date with torchvision's own metadata.

Titles and years are written by hand: torchvision does not have them. Run this after a release of
torchvision: `.venv/bin/python -m tests.core.pretrained.update_torchvision_table`.
"""

from __future__ import annotations

from typing import Any

import msgspec
from torchvision import models

from core.pretrained.torchvision_table import TABLE


def described(name: str) -> dict[str, Any]:
    """Return what torchvision says of a network and its default weights."""
    weights = models.get_model_weights(name).DEFAULT
    transforms = weights.transforms()
    crop = transforms.crop_size[0]
    return {
        "name": name,
        "parameters": weights.meta["num_params"],
        "multiply_adds": round(weights.meta["_ops"] * 1e9),
        "top1_error": round(1 - weights.meta["_metrics"]["ImageNet-1K"]["acc@1"] / 100, 5),
        "weights_bytes": round(weights.meta["_file_size"] * 2**20),
        "licence": weights.meta.get("license", ""),
        "url": weights.url,
        "preparation": {
            "resize_to": max(transforms.resize_size[0], crop),
            "crop": crop,
            "mean": [255 * value for value in transforms.mean],
            "scale": [255 * value for value in transforms.std],
            "interpolation": transforms.interpolation.value,
        },
    }


def main() -> None:
    old = {row["name"]: row for row in msgspec.json.decode(TABLE.read_bytes())}
    unnamed = {"title": "", "year": 0}
    rows = []
    for name in models.list_models(module=models):
        before = old.get(name, unnamed)
        by_hand = {key: before[key] for key in unnamed}
        rows.append({"name": name, **by_hand, **described(name)})
    lines = (msgspec.json.encode(row).decode() for row in rows)
    TABLE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
