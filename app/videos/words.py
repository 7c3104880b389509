"""What the kinds of shots are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.library.shotlist import ShotKind

KIND_NAMES = {
    ShotKind.SCENE: _l("Scene"),
    ShotKind.SOUNDBITE: _l("Soundbite"),
    ShotKind.CUTAWAY: _l("Cutaway"),
    ShotKind.CARD: _l("Title card"),
}
