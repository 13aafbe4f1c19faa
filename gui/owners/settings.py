"""What the user can set, declared once, and kept as JSON in Layerloom's settings folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode
from core.paths import settings_folder

LONGEST = 1000
"""Letters of a text that is kept."""


@dataclass(frozen=True, slots=True)
class ProgramSetting:
    """One thing that can be set.

    Attributes:
        name: Its key in the file.
        title: As shown.
        default: Its value until the user chooses another.
        choices: The values it can have; none: any short text, as of how a page is divided.
    """

    name: str
    title: str
    default: str
    choices: tuple[str, ...] = ()

    def allows(self, value: str) -> bool:
        """Return whether the setting can have a value."""
        return value in self.choices if self.choices else len(value) <= LONGEST


SETTINGS = {
    setting.name: setting
    for setting in (
        ProgramSetting("theme", "Theme", "system", ("system", "light", "dark")),
        ProgramSetting("design_sides", "Widths of the panels on Design", ""),
        ProgramSetting("design_table", "Height of the table on Design", ""),
    )
}


class Settings:
    """The values in use.

    Attributes:
        notice: What went wrong while they were read, as a sentence, or "".
    """

    def __init__(self) -> None:
        self.notice = ""
        self._values = {name: setting.default for name, setting in SETTINGS.items()}
        self._values |= self._kept()

    def __getitem__(self, name: str) -> str:
        """Return a setting's value."""
        return self._values[name]

    def __setitem__(self, name: str, value: str) -> None:
        """Change a setting until the program ends; `keep` makes it last.

        Raises:
            ValueError: The setting has no such value.
        """
        if not SETTINGS[name].allows(value):
            raise ValueError(f"{name} cannot be {value!r}")
        self._values[name] = value

    def keep(self) -> None:
        """Write the settings. Waits for the disk: not for the window's thread.

        Raises:
            StorageError: They cannot be written.
        """
        write_atomically(_file(), msgspec.json.format(msgspec.json.encode(self._values)))

    def _kept(self) -> dict[str, str]:
        """Return what the file says; a broken file is renamed and said to be so."""
        file = _file()
        try:
            return _checked(decode(file.read_bytes(), dict[str, str]))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, msgspec.MsgspecError):
            self.notice = _put_aside(file)
            return {}


def _file() -> Path:
    return settings_folder() / "settings.json"


def _checked(values: dict[str, str]) -> dict[str, str]:
    """Return what is known of the values; others belong to another version."""
    known = {name: value for name, value in values.items() if name in SETTINGS}
    for name, value in known.items():
        if not SETTINGS[name].allows(value):
            raise ValueError(f"{name} cannot be {value!r}")
    return known


def _put_aside(file: Path) -> str:
    broken = file.with_name(file.name + ".broken")
    try:
        file.replace(broken)
    except OSError:
        return f"The settings could not be read ({file}). Default settings are used."
    return f"The settings were damaged and are kept as {broken}. Default settings are used."
