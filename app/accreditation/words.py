"""The words for how somebody stands with the office."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATE_WORDS = {
    "waiting": _l("Asks to join a group"),
    "member": _l("In a group"),
    "refused": _l("Turned down"),
    "suspended": _l("Suspended"),
    "leaving": _l("Leaving"),
}
