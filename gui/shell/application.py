"""Starting the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from core.paths import RESOURCES
from gui.look.appearance import Appearance
from gui.owners.session import Session
from gui.owners.settings import Settings
from gui.shell import crash
from gui.shell.garbage import GarbageCollector
from gui.shell.main_window import MainWindow


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed.

    Args:
        arguments: A project, a folder of images or an ONNX file to open, or nothing.

    Returns:
        The process's exit status.
    """
    application = make_application()
    crash.install()
    window = make_window(application)
    GarbageCollector(application)
    window.show()
    if arguments:
        window.open_path(Path(arguments[0]).absolute())
    return application.exec()


def make_application() -> QApplication:
    """Return the one application object, with its name and translations."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["Layerloom"])
    application.setApplicationName("Layerloom")
    application.setApplicationDisplayName("Layerloom")
    application.setDesktopFileName("layerloom")
    _choose_locale()
    _translate(application)
    return application


def make_window(application: QApplication) -> MainWindow:
    """Return a window with its own session, in the look that the settings say."""
    settings = Settings()
    appearance = Appearance(application, settings["theme"])
    return MainWindow(Session(appearance, settings))


def _choose_locale() -> None:
    """Group digits also where the system says nothing of languages (LANG=C)."""
    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English))


def _translate(application: QApplication) -> None:
    """Load the user's language, or else English, which has the plural forms."""
    ours, qts = QTranslator(application), QTranslator(application)
    folder = str(RESOURCES / "translations")
    if ours.load(QLocale(), "layerloom", "_", folder) or ours.load("layerloom_en", folder):
        application.installTranslator(ours)
    path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qts.load(QLocale(), "qtbase", "_", path):
        application.installTranslator(qts)
