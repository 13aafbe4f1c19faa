"""The strip that shows the newest notice, with a way to copy its details and to dismiss it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from gui.look.appearance import scaled
from gui.owners.notices import Notices
from gui.widgets.buttons import button
from gui.widgets.card import row
from gui.widgets.icon_label import IconLabel
from gui.widgets.texts import text

_ICONS = {
    "info": ("info", "accent"),
    "warning": ("warning", "warning"),
    "error": ("error", "error"),
}


class NoticeBar(QFrame):
    """Shows one sentence, and nothing while there is none."""

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticebar")
        self._notices = notices
        self._sign = IconLabel("info")
        self._sentence = text(wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = button("", self._do)
        self._copy = button(self.tr("Copy details"), self._copy_details)
        self._dismiss = button(self.tr("Dismiss"), notices.dismiss)
        layout = row(self, margins=8, spacing=12)
        layout.setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8))
        layout.addWidget(self._sign)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._act)
        layout.addWidget(self._copy)
        layout.addWidget(self._dismiss)
        notices.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        notice = self._notices.current
        self.setVisible(notice is not None)
        if notice:
            self._sign.set_icon(*_ICONS[notice.level])
            self._sentence.setText(notice.text)
            self._copy.setVisible(bool(notice.details))
            self._act.setVisible(notice.action is not None)
            if notice.action:
                self._act.setText(notice.action.title)
                self._act.setAccessibleName(notice.action.title)

    def _do(self) -> None:
        if (notice := self._notices.current) and notice.action:
            notice.action.act()

    def _copy_details(self) -> None:
        if notice := self._notices.current:
            QGuiApplication.clipboard().setText(notice.details)
