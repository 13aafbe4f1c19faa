"""What windows that are no more have left unsaved: opened, offered, or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, Signal

from core.project.autosave import Autosave, restore_autosave
from gui.owners.designs.autosaver import Autosaver
from gui.owners.designs.document import Document, Origin
from gui.owners.designs.unsaved_designs import Found, UnsavedDesign, find_unsaved, forget_unsaved
from gui.owners.notices import Action, Notices


class Recovery(QObject):
    """Opens the newest unsaved design, and lists the others.

    Opening one never loses another: the design it replaces, if that is unsaved, is among the
    others afterwards.

    Args:
        document: Takes the design.
        notices: Told what was recovered.

    Attributes:
        others: Unsaved designs that are not open, the newest first.
    """

    opened = Signal()
    """An unsaved design is open now."""

    others_changed = Signal()

    list_wanted = Signal()
    """The user wants to see the others."""

    def __init__(self, document: Document, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._notices = notices
        self._autosaver = Autosaver(document, notices.tell_error, self)
        self.others: tuple[UnsavedDesign, ...] = ()

    def begin(self) -> None:
        """Open what was left last, if anything was, and tell of the rest."""
        self._look(self._take_first)

    def refresh(self) -> None:
        """Look again which unsaved designs there are."""
        self._look(self._take_others)

    def open(self, unsaved: UnsavedDesign) -> None:
        """Open an unsaved design in place of the one that is open."""
        if not self._autosaver.adopt(unsaved.file):
            self._notices.tell(
                self.tr("“{0}” is open in another window.").format(unsaved.autosave.title),
                "warning",
            )
            self.refresh()
            return
        self._show_others(self.others)
        self._document.open(unsaved.autosave.network, _origin_of(unsaved), unsaved=True)
        self.opened.emit()
        self._tell(unsaved)
        self.refresh()

    def forget(self, unsaved: UnsavedDesign) -> None:
        """Delete an unsaved design; it can be restored."""
        self._autosaver.run(
            lambda: forget_unsaved(unsaved), lambda _: self._tell_forgotten(unsaved)
        )

    def close(self) -> None:
        """Keep what is unsaved; it is offered the next time."""
        self._autosaver.close()

    def _look(self, found: Callable[[Found], None]) -> None:
        own = self._autosaver.file
        self._autosaver.run(lambda: find_unsaved(own), found)

    def _take_first(self, found: Found) -> None:
        for file in found.damaged:
            self._notices.tell(
                self.tr("An unsaved design was damaged and is kept as {0}.").format(file), "warning"
            )
        self._take_others(found)
        if not found.designs:
            return
        if not self._document.network.nodes:
            self.open(found.designs[0])
        else:
            self._tell_of_others()

    def _take_others(self, found: Found) -> None:
        self._show_others(found.designs)

    def _show_others(self, designs: tuple[UnsavedDesign, ...]) -> None:
        """Offer those of the designs that are not open here."""
        own = self._autosaver.file
        self.others = tuple(unsaved for unsaved in designs if unsaved.file != own)
        self.others_changed.emit()

    def _tell(self, unsaved: UnsavedDesign) -> None:
        """Say what was recovered, what is missing of it, and what else there is."""
        title = unsaved.autosave.title
        sentence = self.tr("“{0}” was not saved. It was recovered as of {1}.")
        parts = [sentence.format(title, when(unsaved.autosave))]
        if unsaved.weights_gone:
            parts.append(
                self.tr(
                    "Its weights are missing ({0}): open the pretrained network again to get them."
                ).format(unsaved.autosave.weights)
            )
        action = None
        if others := len(self.others):
            parts.append(self.tr("There are %n other unsaved design(s).", "", others))
            action = Action(self.tr("Show…"), self.list_wanted.emit)
        level = "warning" if unsaved.weights_gone else "info"
        self._notices.tell(" ".join(parts), level, action=action)

    def _tell_forgotten(self, unsaved: UnsavedDesign) -> None:
        self.refresh()
        action = Action(self.tr("Restore"), lambda: self._restore(unsaved))
        told = self.tr("The unsaved “{0}” was deleted.").format(unsaved.autosave.title)
        self._notices.tell(told, action=action)

    def _restore(self, unsaved: UnsavedDesign) -> None:
        self._notices.dismiss()
        self._autosaver.run(
            lambda: restore_autosave(unsaved.file, unsaved.autosave), lambda _: self.refresh()
        )

    def _tell_of_others(self) -> None:
        sentence = self.tr(
            "There are %n unsaved design(s) from an earlier session.", "", len(self.others)
        )
        self._notices.tell(sentence, action=Action(self.tr("Show…"), self.list_wanted.emit))


def when(autosave: Autosave) -> str:
    """Return when a design was kept, in the user's language."""
    time = QDateTime.fromString(autosave.saved, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


def _origin_of(unsaved: UnsavedDesign) -> Origin:
    path = Path(unsaved.autosave.path) if unsaved.autosave.path else None
    return Origin(unsaved.autosave.title, path, unsaved.weights)
