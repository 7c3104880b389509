"""What is allowed to a page that readers know: to be changed before their eyes, or to end."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.editorial import rules
from app.editorial.models import Edition
from app.refusals import Refusal

NOTE_HARD = 300  # characters of what readers are told
TELLING = ("correction", "update")  # kinds that come with a note and a new date
KINDS = (*TELLING, "minor")


class NoKind(Refusal):
    """A public text was to be changed without a word on what that means to its readers."""

    field = "kind"
    message = _l("Say whether readers need to know.")


def check_telling(edition: Edition, *, kind: str, note: str, at: datetime) -> None:
    """Raise unless ``kind`` and ``note`` say what readers are told when they see another version.

    A text that readers do not see has nothing to tell of: its publication is the news.
    """
    if edition.public_from is None or edition.public_from > at:
        return
    if kind not in KINDS:
        raise NoKind
    if kind in TELLING and not note:
        if kind == "correction":
            raise Refusal(_l("Say in one sentence what was wrong and what is right"), field="correction")
        raise Refusal(_l("Say in one sentence what is new"), field="update")
    if rules.length(note) > NOTE_HARD:
        raise Refusal(_l("Use at most 300 characters."), field=kind)
