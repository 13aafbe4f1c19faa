"""Settings: kept, checked, and never in the way when their file is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.owners.settings import Settings


def test_a_choice_is_there_the_next_time() -> None:
    settings = Settings()
    settings["theme"] = "dark"
    settings.keep()
    assert Settings()["theme"] == "dark"


@pytest.mark.parametrize(
    "content", [b"{", b"\xff\xfe", b"[]", b'{"theme": "pink"}', b'{"theme": 3}']
)
def test_a_broken_file_is_put_aside_with_a_notice(home: Path, content: bytes) -> None:
    file = home / "settings" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    settings = Settings()
    assert settings["theme"] == "system"
    assert "settings.json.broken" in settings.notice
    assert file.with_name("settings.json.broken").read_bytes() == content


def test_settings_of_another_version_are_passed_over(home: Path) -> None:
    file = home / "settings" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"theme": "light", "grid": "large"}')
    settings = Settings()
    assert settings["theme"] == "light"
    assert settings.notice == ""


def test_a_value_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="pink"):
        Settings()["theme"] = "pink"
