"""What kinds of results are called, and how many there are, in the words of the page."""

from __future__ import annotations

from flask_babel import ngettext

from app.languages import gettext as _
from app.web.filters import number


def kind_names() -> dict[str, str]:
    """Return what each kind of result is called."""
    return {
        "release": _("Releases"),
        "event": _("Events"),
        "video": _("Videos"),
        "gallery": _("Photos"),
        "topic": _("Topic pages"),
        "answer": _("Answers"),
    }


def counted(kind: str, count: int, most: int) -> str:
    """Say how many results of ``kind`` there are; of more than ``most``, that there are more."""
    if count > most:
        more = {
            "release": _("more than %(count)s releases", count=number(most)),
            "event": _("more than %(count)s events", count=number(most)),
            "video": _("more than %(count)s videos", count=number(most)),
            "gallery": _("more than %(count)s sets of photos", count=number(most)),
            "topic": _("more than %(count)s topic pages", count=number(most)),
            "answer": _("more than %(count)s answers", count=number(most)),
        }
        return more[kind]
    num = number(count)
    if kind == "release":
        return ngettext("%(n)s release", "%(n)s releases", count, n=num)
    if kind == "event":
        return ngettext("%(n)s event", "%(n)s events", count, n=num)
    if kind == "video":
        return ngettext("%(n)s video", "%(n)s videos", count, n=num)
    if kind == "gallery":
        return ngettext("%(n)s set of photos", "%(n)s sets of photos", count, n=num)
    if kind == "topic":
        return ngettext("%(n)s topic page", "%(n)s topic pages", count, n=num)
    return ngettext("%(n)s answer", "%(n)s answers", count, n=num)
