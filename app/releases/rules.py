"""The words for what a release is. It has a dateline, without which it cannot be reviewed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.editorial.rules import DATELINED
from app.releases.models import Kind

KIND_NAMES = {
    Kind.NEWS_RELEASE: _l("News release"),
    Kind.STATEMENT: _l("Statement"),
    Kind.SPEECH: _l("Speech"),
    Kind.MEDIA_ADVISORY: _l("Media advisory"),
}


DATELINED.add("release")
