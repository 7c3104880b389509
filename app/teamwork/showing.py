"""A text drawn as its readers would see it, though they do not yet."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app import languages
from app.editorial import naming
from app.editorial.models import Edition, Revision
from app.editorial.words import STATE_WORDS
from app.writing.sections import of_type


def as_readers_see(edition: Edition, revision: Revision, **more: Any) -> str:
    """Return the page of ``revision``, in the language of the text, whoever asks."""
    languages.choose(edition.language)
    with languages.speaking(edition.language):
        section = of_type(edition.type)
        return render_template(
            "teamwork/as_readers.html",
            section=section,
            page=section.draft(edition, edition.language, revision),
            edition=edition,
            revision=revision,
            office=naming.office(),
            state_name=STATE_WORDS[edition.state.value],
            language_links=[],
            is_indexed=False,
            **more,
        )
