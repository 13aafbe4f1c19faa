import importlib.util
import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core.images.reading import ImageError, read_image
from core.paths import RESOURCES


def encoded(image: Image.Image, form: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8)
    return Image.fromarray(pixels).convert(mode)


def corpus() -> dict[str, bytes]:
    """Return one file of every kind that read_image treats differently."""
    transparent = picture("RGBA")
    transparent.putalpha(Image.linear_gradient("L").resize(transparent.size))
    exif = Image.Exif()
    exif[0x0112] = 6
    palette = picture("P")
    grey16 = Image.fromarray((np.arange(1200, dtype=np.uint16) * 54).reshape(30, 40))
    grey32 = Image.fromarray(np.arange(1200, dtype=np.int32).reshape(30, 40) * 50)
    floating = Image.fromarray(np.linspace(0, 1, 1200, dtype=np.float32).reshape(30, 40))
    frames = [picture(size=(20, 20)).convert("P"), Image.new("P", (20, 20))]
    return {
        "rgb": encoded(picture()),
        "jpeg": encoded(picture(), "JPEG"),
        "turned": encoded(picture(), "JPEG", exif=exif),
        "grey": encoded(picture("L")),
        "bilevel": encoded(picture("1")),
        "alpha": encoded(transparent),
        "grey with alpha": encoded(transparent.convert("LA")),
        "palette": encoded(palette),
        "palette with transparency": encoded(palette, transparency=3),
        "cmyk": encoded(picture("CMYK"), "JPEG"),
        "16 bit": encoded(grey16),
        "16 bit tiff": encoded(grey16, "TIFF"),
        "32 bit tiff": encoded(grey32, "TIFF"),
        "float 0…1": encoded(floating, "TIFF"),
        "float 0…255": encoded(Image.fromarray(np.asarray(floating) * 255), "TIFF"),
        "animation": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "webp": encoded(transparent, "WEBP", lossless=True),
        "bmp": encoded(picture(), "BMP"),
    }  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_applied(orientation):
    upright = np.zeros((20, 30, 3), np.uint8)
    upright[:8, :12] = 255  # top left
    undo = {
        1: [], 2: ["FLIP_LEFT_RIGHT"], 3: ["ROTATE_180"], 4: ["FLIP_TOP_BOTTOM"],
        5: ["TRANSPOSE"], 6: ["ROTATE_90"], 7: ["TRANSVERSE"], 8: ["ROTATE_270"],
    }  # fmt: skip
    stored = Image.fromarray(upright)
    for step in undo[orientation]:
        stored = stored.transpose(Image.Transpose[step])
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert np.array_equal(read_image(encoded(stored, "PNG", exif=exif)), upright)


def test_transparency_lies_over_white():
    pixels = read_image(encoded(Image.new("RGBA", (4, 4), (0, 0, 0, 0))))
    assert (pixels == 255).all()


def test_sixteen_bits_become_eight():
    pixels = read_image(encoded(Image.fromarray(np.array([[0, 257 * 128, 65535]], np.uint16))))
    assert pixels[0, :, 0].tolist() == [0, 128, 255]


def test_cmyk_becomes_the_colour_a_viewer_shows():
    pixels = read_image(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=100))
    assert np.abs(pixels[4, 4].astype(int) - [255, 0, 0]).max() < 6


def test_of_an_animation_the_first_frame_counts():
    red, blue = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    pixels = read_image(encoded(red, "GIF", save_all=True, append_images=[blue]))
    assert pixels[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_truncated_file_is_refused_not_half_read(form, tmp_path):
    path = tmp_path / "cut.img"
    whole = encoded(picture(size=(200, 200)), form)
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ImageError) as caught:
        read_image(path)
    assert caught.value.where == str(path)


def test_more_than_200_megapixels_are_refused_before_they_are_decoded():
    header = struct.pack(">IIBBBBB", 20_000, 10_001, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    png = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    png += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(ImageError, match="20000 × 10001 pixels"):
        read_image(png)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"this is a text", "not an image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not an image"),
    ],
)
def test_what_is_no_image_is_refused_with_the_reason(content, reason, tmp_path):
    path = tmp_path / "Ключ 🐝.jpg"
    path.write_bytes(content)
    with pytest.raises(ImageError, match=reason):
        read_image(path)


@pytest.mark.parametrize("name", corpus())
def test_the_exported_script_reads_exactly_the_same_pixels(name, tmp_path):
    path = tmp_path / "image"
    path.write_bytes(corpus()[name])
    spec = importlib.util.spec_from_file_location("predict", RESOURCES / "export" / "predict.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    ours = read_image(path)
    assert ours.dtype == np.uint8
    assert ours.ndim == 3
    assert np.array_equal(ours, script.read_image(path))


def test_the_exported_script_has_60_lines_at_most_and_takes_the_same_files():
    from core.images.reading import FORMATS, SUFFIXES

    text = (RESOURCES / "export" / "predict.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    spec = importlib.util.spec_from_file_location("predict", RESOURCES / "export" / "predict.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (set(script.SUFFIXES), script.FORMATS) == (set(SUFFIXES), FORMATS)
