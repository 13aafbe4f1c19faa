"""Numbers and dates as the window writes them, by the system's locale."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

NARROW_SPACE = "\u202f"


def count(number: int) -> str:
    """Return a whole number with its digits grouped."""
    return QLocale().toString(number)


def compact(number: int) -> str:
    """Return a large whole number in thousands of millions (G) or millions (M), others in full."""
    for size, letter, places in ((10**9, "G", 2), (10**6, "M", 1)):
        if number >= size:
            return f"{decimal(number / size, places)}{NARROW_SPACE}{letter}"
    return count(number)


def decimal(number: float, places: int = 1) -> str:
    """Return a number with a fixed number of places."""
    return QLocale().toString(float(number), "f", places)


def percent(share: float | None, places: int = 1) -> str:
    """Return a share of 0…1 in percent; a dash for None."""
    if share is None:
        return "–"
    return f"{decimal(share * 100, places)}{NARROW_SPACE}%"


def span(interval: tuple[float, float]) -> tuple[str, str]:
    """Return both ends of an interval of shares in percent, without the sign."""
    return decimal(interval[0] * 100), decimal(interval[1] * 100)


def milliseconds(time: float) -> str:
    """Return a time in milliseconds with the places that matter."""
    places = 2 if time < 1 else 1 if time < 100 else 0
    return f"{decimal(time, places)}{NARROW_SPACE}ms"


def duration(seconds: float) -> str:
    """Return a time in seconds, or minutes and seconds, or hours and minutes."""
    translate = QCoreApplication.translate
    if seconds < 10:
        return translate("Numbers", "{0} s").format(decimal(seconds))
    whole = round(seconds)
    if whole < 60:
        return translate("Numbers", "{0} s").format(whole)
    if whole < 3600:
        return translate("Numbers", "{0} min {1} s").format(whole // 60, whole % 60)
    return translate("Numbers", "{0} h {1} min").format(whole // 3600, whole % 3600 // 60)


def time_left(seconds: float) -> str:
    """Return an estimate in whole seconds or minutes, rounded as far as it can be known."""
    translate = QCoreApplication.translate
    if seconds < 60:
        return translate("Numbers", "about {0} s left").format(max(1, round(seconds)))
    return translate("Numbers", "about {0} left").format(duration(seconds // 5 * 5))


def rough_duration(seconds: float) -> str:
    """Return an expected time, as roughly as it is known: "About 4 min"."""
    translate = QCoreApplication.translate
    if seconds < 10:
        return translate("Numbers", "Seconds")
    if seconds < 90:
        return translate("Numbers", "About {0} s").format(round(seconds / 5) * 5)
    if seconds < 5400:
        return translate("Numbers", "About {0} min").format(round(seconds / 60))
    return translate("Numbers", "About {0} h").format(decimal(seconds / 3600))


def file_size(size: int) -> str:
    """Return a size in bytes as kB, MB or GB."""
    if size < 1_000_000:
        return f"{decimal(size / 1000, 0)}{NARROW_SPACE}kB"
    if size >= 10**9:
        return f"{decimal(size / 10**9, 2)}{NARROW_SPACE}GB"
    return f"{decimal(size / 1_000_000)}{NARROW_SPACE}MB"


def relative_day(day: datetime.date, today: datetime.date | None = None) -> str:
    """Return a day as one speaks of it: "today", "Friday", "last week", or its date."""
    translate = QCoreApplication.translate
    days = ((today or datetime.datetime.now().astimezone().date()) - day).days
    if days <= 0:
        return translate("Numbers", "today")
    if days == 1:
        return translate("Numbers", "yesterday")
    if days < 7:
        return QLocale().dayName(day.isoweekday())
    if days < 14:
        return translate("Numbers", "last week")
    date = QDate(day.year, day.month, day.day)
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def moment(iso: str) -> str:
    """Return an ISO 8601 time as local date and time; the text itself if it is not one."""
    try:
        local = datetime.datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    time = QDateTime.fromSecsSinceEpoch(int(local.timestamp()))
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)
