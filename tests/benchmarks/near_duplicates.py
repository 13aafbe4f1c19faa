"""How far the fingerprints of copies and of different pictures lie apart.

python tests/benchmarks/near_duplicates.py FOLDER
"""

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.images.examining import NEAR_DUPLICATE_BITS, examine, fingerprint
from core.images.folders import find_images
from core.images.reading import read_image
from core.parallel import map_in_order


def saved_again(pixels: np.ndarray) -> np.ndarray:
    """Halve the size and save as JPEG of quality 60."""
    image = Image.fromarray(pixels)
    image = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=60)
    return read_image(buffer.getvalue())


def words(data: bytes) -> np.ndarray:
    return np.frombuffer(data, np.uint64)


def main() -> None:
    folder = Path(sys.argv[1])
    looked = [pair for pair in map_in_order(examine, find_images(folder)) if not pair[0].problem]
    originals = np.stack([words(examined.fingerprint) for examined, _ in looked])
    copies = np.stack([words(fingerprint(saved_again(pixels))) for _, pixels in looked])
    same = np.bitwise_count(originals ^ copies).sum(axis=1)
    different = np.bitwise_count(originals[:, None] ^ originals[None]).sum(axis=2)
    pairs = different[np.triu_indices(len(originals), 1)]
    print(
        f"{len(looked)} images; copies differ in {np.percentile(same, [50, 90, 99, 100])} bits "
        f"(50, 90, 99, 100 %), different pictures in {pairs.min()} or more"
    )
    found, mistaken = same <= NEAR_DUPLICATE_BITS, pairs <= NEAR_DUPLICATE_BITS
    print(
        f"found at {NEAR_DUPLICATE_BITS} bits: {found.mean():.1%} of copies, "
        f"{mistaken.sum()} pairs of different pictures"
    )


if __name__ == "__main__":
    main()
