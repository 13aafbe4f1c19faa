"""Thumbnails from threads: what was asked for last comes first, within bounded memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QBrush, QGuiApplication, QImage, QPainter, QPixmap

from core.errors import LayerloomError
from gui.look.appearance import scaled

MEMORY = 64 * 1024 * 1024
"""Bytes of decoded thumbnails that are kept: some 1,000 of 128 × 128 pixels."""

WAITING = 400
"""Requests that wait at most; older ones are no longer in sight and are asked for again if so."""

THREADS = 2

TILE_SIDE = 120
"""Side of a thumbnail on screen, in pixels of the design."""

ROUNDING = 8 / 120
"""Radius of a thumbnail's corners as a share of its side."""


class ThumbnailLoader(QObject):
    """Gives thumbnails that are there, and says `loaded` when others have come.

    Only the window's thread calls it. A thread takes the newest request, so what is visible comes
    before what was scrolled past.
    """

    loaded = Signal(object)
    """The path whose thumbnail, or failure, is now there."""

    _made = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        screen = QGuiApplication.primaryScreen()
        self._side = round(scaled(TILE_SIDE) * (screen.devicePixelRatio() if screen else 1.0))
        self._kept: OrderedDict[Path, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[Path, Path | None] = OrderedDict()
        self._lock = threading.Lock()
        self._running = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._made.connect(self._keep)

    @property
    def bytes_kept(self) -> int:
        """Bytes of the decoded thumbnails in memory."""
        return self._bytes

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return len(self._waiting)

    def pixmap(self, path: Path, kept: Path | None) -> QPixmap | None:
        """Return a thumbnail if it is there, or ask for it and return None.

        Args:
            path: The image.
            kept: Where its thumbnail is kept on disk, or None.
        """
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        self._request(path, kept)
        return None

    def failed(self, path: Path) -> bool:
        """Return whether no thumbnail can be made of an image."""
        return path in self._kept and self._kept[path] is None

    def forget(self) -> None:
        """Drop everything, as when another project is opened."""
        with self._lock:
            self._waiting.clear()
        self._kept.clear()
        self._bytes = 0

    def close(self) -> None:
        """Wait for the threads; what has not begun is dropped."""
        self.forget()
        self._pool.waitForDone()

    def _request(self, path: Path, kept: Path | None) -> None:
        with self._lock:
            self._waiting[path] = kept
            self._waiting.move_to_end(path)
            if self.waiting > WAITING:
                self._waiting.popitem(last=False)
            start = self._running < THREADS
            self._running += start
        if start:
            self._pool.start(self._work)

    def _work(self) -> None:
        """Run on a thread until nothing waits."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._running -= 1
                    return
                path, kept = self._waiting.popitem(last=True)
            self._made.emit(path, _load(path, kept, self._side))

    def _keep(self, path: Path, image: QImage | None) -> None:
        self._kept[path] = QPixmap.fromImage(image) if image else None
        self._bytes += image.sizeInBytes() if image else 0
        while self._bytes > MEMORY:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest) if oldest else 0
        self.loaded.emit(path)


def _load(path: Path, kept: Path | None, side: int) -> QImage | None:
    """Return a thumbnail, made and kept on disk if need be; None if the image cannot be read."""
    from core.images.thumbnails import thumbnail

    try:
        data = thumbnail(path, kept)
    except LayerloomError:
        data = _unkept(path)
    # The format is named: probing for SVG takes a lock of Qt while this thread holds Python's,
    # and the window's thread may hold that lock while it waits for Python's.
    image = QImage.fromData(data, "JPEG") if data else QImage()  # type: ignore[arg-type]
    if image.isNull():
        return None
    return _rounded(image, side)


def _rounded(image: QImage, side: int) -> QImage:
    """Return a picture at the size it is painted in, with its corners cut round."""
    sized = image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    result = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(sized))
    painter.drawRoundedRect(result.rect(), ROUNDING * side, ROUNDING * side)
    painter.end()
    return result


def _unkept(path: Path) -> bytes:
    """Make a thumbnail without keeping it: the disk may be full or read-only."""
    from core.images.thumbnails import thumbnail

    try:
        return thumbnail(path)
    except LayerloomError:
        return b""


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
