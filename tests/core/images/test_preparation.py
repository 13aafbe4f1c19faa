import numpy as np
import onnx
import pytest
from PIL import Image

from core.images.preparation import Interpolation, Preparation, begin_of_centre
from core.onnx.graph_writer import GraphWriter
from core.onnx.onnx_session import open_session


def prepare(pixels: np.ndarray, preparation: Preparation) -> np.ndarray:
    graph = GraphWriter()
    value = preparation.write(graph, "image")
    side = preparation.crop
    model = graph.model(
        {"image": (onnx.TensorProto.UINT8, ["height", "width", 3])},
        {"prepared": value},
        {"prepared": [1, preparation.channels, side, side]},
    )
    return open_session(model).run(None, {"image": pixels})[0]


def with_pillow(pixels: np.ndarray, preparation: Preparation) -> np.ndarray:
    """Compute the reference: short side resized, centre crop, grey if so, normalise."""
    image = Image.fromarray(pixels)
    short, target, crop = min(image.size), preparation.resize_to, preparation.crop
    size = (image.width * target // short, image.height * target // short)
    image = image.resize(size, Image.Resampling[preparation.interpolation.name])
    left, top = (round((side - crop) / 2) for side in size)
    image = image.crop((left, top, left + crop, top + crop))
    if preparation.channels == 1:
        image = image.convert("L")
    cropped = np.asarray(image, np.float32).reshape(crop, crop, -1)
    return ((cropped - preparation.mean) / preparation.scale).transpose(2, 0, 1)[None]


PREPARATIONS = {
    "bicubic": Preparation(),
    "bilinear": Preparation(interpolation=Interpolation.BILINEAR),
    "smaller, with its edges": Preparation(resize_to=96, crop=96),
    "grey": Preparation(
        resize_to=32, crop=32, mean=(127.0,), scale=(128.0,), interpolation=Interpolation.BILINEAR
    ),
}


@pytest.mark.parametrize("kind", PREPARATIONS)
@pytest.mark.parametrize(
    "size", [(375, 500), (500, 375), (256, 256), (64, 64), (31, 200), (1000, 130), (7, 7), (1, 1)]
)
def test_the_onnx_nodes_prepare_as_pillow_does(size, kind):
    random = np.random.default_rng(3)
    coarse = random.integers(0, 256, (max(1, size[0] // 6), max(1, size[1] // 6), 3), np.uint8)
    pixels = np.asarray(Image.fromarray(coarse).resize(size[::-1], Image.Resampling.BICUBIC))
    preparation = PREPARATIONS[kind]
    difference = np.abs(prepare(pixels, preparation) - with_pillow(pixels, preparation)) * 128
    grey = preparation.channels == 1  # is not rounded here, and is in Pillow
    assert difference.max() <= (1.501 if grey else 1.001)  # of 255, by rounding
    # Of very long images Pillow resizes the other direction first, and rounds in between.
    assert difference.mean() < (0.35 if grey else 0.2 if max(size) > 5 * min(size) else 0.01)


def test_each_channel_has_its_own_mean_and_scale():
    preparation = Preparation(resize_to=8, crop=8, mean=(1.0, 2.0, 3.0), scale=(1.0, 2.0, 4.0))
    prepared = prepare(np.full((8, 8, 3), 11, np.uint8), preparation)
    assert prepared[0, :, 0, 0].tolist() == [10.0, 4.5, 2.0]


@pytest.mark.parametrize("kind", PREPARATIONS)
def test_what_the_network_sees_can_be_looked_at(kind):
    pixels = np.random.default_rng(4).integers(0, 256, (300, 260, 3), np.uint8)
    preparation = PREPARATIONS[kind]
    prepared = prepare(pixels, preparation)[0]
    seen = preparation.shown(prepared)
    assert seen.shape == (preparation.crop, preparation.crop, 3)
    again = seen.transpose(2, 0, 1)[: preparation.channels]
    mean, scale = preparation.mean[0], preparation.scale[0]
    assert np.abs((again - mean) / scale - prepared).max() <= 0.501 / scale


def test_a_very_long_image_stays_small_on_the_way():
    pixels = np.full((100_000, 10, 3), 9, np.uint8)
    assert prepare(pixels, Preparation()).shape == (1, 3, 224, 224)


def test_the_centre_begins_where_torchvision_lets_it_begin():
    for length in range(20, 40):
        assert begin_of_centre(length, 20) == round((length - 20) / 2.0)
