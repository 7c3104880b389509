"""Fields that forms about films have, in whatever room."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.forms import LineField
from app.library.sounds import known_sounds


class SoundField(LineField):
    """Codes of languages of sound, with commas or spaces between; ``codes`` are those understood."""

    codes: list[str] = []

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").lower().replace(",", " ").replace(";", " ").split()
        self.codes = list(dict.fromkeys(typed))
        if not known_sounds().issuperset(self.codes):
            raise ValidationError(
                _l("Use codes of languages, like fr, en, uk; floor for the room, nat for natural sound.")
            )
