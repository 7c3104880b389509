"""A sentence that waits for its language is escaped like any other."""

from __future__ import annotations

from flask import Flask, render_template_string
from flask_babel import lazy_gettext as _l

from app.refusals import Refusal


def test_what_was_typed_stays_text_in_a_lazy_sentence(app: Flask) -> None:
    refusal = Refusal(_l("This link could not be read: %(words)s", words="<img src=x onerror=alert(1)>"))
    with app.test_request_context("/en/"):
        shown = render_template_string("{{ a }} {{ [a] | join(' ') }} {{ a | string }}", a=refusal.message)
    assert shown.count("&lt;img") == 3
    assert "<img" not in shown
