"""What of the library is for everybody, and when something is tried again that could not be made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.accounts.rules import may
from app.library.models import Master, MasterState, Rendition
from app.refusals import Refusal

_PICTURE = re.compile(r"[0-9a-f]{32}/(?:[0-9]{2,4}|hd)\.jpg")
CAPTIONS_KEY = re.compile(r"captions/[0-9a-f]{2}/[0-9a-f]{64}\.vtt")  # in the storage

# The files made of a master that readers of its page see: stills, the preview, what the timeline is drawn of, and a
# photo in the widths of the web. All others need an account (downloads).
OPEN = re.compile(
    r"poster(?:-[0-9]{3,4})?\.jpg|preview\.mp4|strip\.jpg|waveform\.json|[0-9]{3,4}\.(?:jpg|webp|avif)"
)


def is_picture(key: str, name: str) -> bool:
    """Whether a picture's file may be called so: "hd.jpg", or a width."""
    return _PICTURE.fullmatch(f"{key}/{name}") is not None


def captions_key(name: str) -> str:
    """Return where captions are in the storage whose file is called ``name``, or "" for what is no such name."""
    key = f"captions/{name[:2]}/{name}"
    return key if CAPTIONS_KEY.fullmatch(key) else ""


class Idle(Refusal):
    """There is nothing of this file that failed."""

    message = _l("Nothing of this file has failed: there is nothing to try again.")


class Busy(Refusal):
    """The file is being prepared: what failed is tried again when that has ended."""

    message = _l("This file is being prepared at this moment. Try again when that has ended.")


def failed(master: Master) -> Sequence[Rendition]:
    """Return what could not be made of ``master`` the last time, also where the file from before stands in for it."""
    return [each for each in master.renditions if each.problem]


def check_retry(master: Master) -> None:
    """Raise Idle when nothing of ``master`` failed, Busy while it is being worked at."""
    if master.state is not MasterState.FAILED and not failed(master):
        raise Idle
    if master.state not in (MasterState.FAILED, MasterState.READY):
        raise Busy


def may_retry(master: Master, by: Account | None) -> bool:
    """Whether ``by`` may have what failed of ``master`` tried again now: who may add files may, whoever sent it."""
    try:
        check_retry(master)
    except Refusal:
        return False
    return may(by, "media")
