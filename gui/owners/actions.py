"""The window's actions as a table: id, text, keys, handler, and why one cannot be used now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.look.icons import icon


def _never() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the user can do.

    Attributes:
        id: Its name in the code.
        text: As shown.
        keys: Its keys, as `QKeySequence` reads them.
        handler: Does it.
        blocked: Returns why it cannot be done now, or "".
        icon: A file in `resources/icons`, or "".
        applies: Returns whether the action belongs to the page in sight; two actions may share
            their keys if they never apply together.
        made: An action that was made elsewhere and says of itself whether it can be used; it has
            its own keys and does by itself what it does.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    handler: Callable[[], object]
    blocked: Callable[[], str] = _never
    icon: str = ""
    applies: Callable[[], bool] = lambda: True
    made: QAction | None = None

    @classmethod
    def of(cls, name: str, text: str, action: QAction) -> ActionSpec:
        """Return the line of the table for an action that was made elsewhere."""
        keys = tuple(sequence.toString() for sequence in action.shortcuts())

        def blocked() -> str:
            return "" if action.isEnabled() else action.toolTip()

        return cls(name, text, keys, action.trigger, blocked, made=action)


class Actions(QObject):
    """The `QAction`s of a table, on a window.

    Raises:
        ValueError: Two actions have the same id.
    """

    def __init__(self, table: Sequence[ActionSpec], window: QWidget) -> None:
        super().__init__(window)
        self.table = tuple(table)
        self._actions: dict[str, QAction] = {}
        for spec in table:
            if spec.id in self._actions:
                raise ValueError(f"two actions are called {spec.id}")
            self._actions[spec.id] = self._made(spec, window)

    def __getitem__(self, name: str) -> QAction:
        """Return the action with this id."""
        return self._actions[name]

    def blocked(self, name: str) -> str:
        """Return why an action cannot be used now, or ""."""
        return next(spec.blocked() for spec in self.table if spec.id == name)

    def refresh(self) -> None:
        """Enable what can be used now."""
        for spec in self.table:
            if spec.made is not None:
                continue
            action, reason = self._actions[spec.id], spec.blocked()
            action.setEnabled(spec.applies() and not reason)
            action.setToolTip(reason or self._tip(spec))

    def _made(self, spec: ActionSpec, window: QWidget) -> QAction:
        if spec.made is not None:
            window.addAction(spec.made)
            return spec.made
        action = QAction(spec.text, window)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.triggered.connect(lambda _checked=False: spec.handler())
        window.addAction(action)
        return action

    def _tip(self, spec: ActionSpec) -> str:
        keys = shown_keys(spec)
        return f"{spec.text} ({keys})" if keys else spec.text


def shown_keys(spec: ActionSpec) -> str:
    """Return an action's keys as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(keys).toString(native) for keys in spec.keys)
