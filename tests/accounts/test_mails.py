"""What people are written about their account: whole in three languages, true as text, and safe as HTML."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.accounts import mails
from app.accounts.models import ROLE_NAMES
from app.languages import LANGUAGES
from tests.browser import BROKEN_WORDS
from tests.reading import read

HOSTILE = "Zoé <script>alert(1)</script>\r\nBcc: spy@evil.test {{ 7*7 }} %(name)s"
LINK = "http://newsroom.test/desk/invitation/abc"


def letters(language: str, at: Any) -> list[Any]:
    """Return every mail about an account, and about somebody with a hostile name."""
    known = {"to": "zoe@office.test", "language": language}
    words = list(ROLE_NAMES.values())
    told = {"name": HOSTILE, "at": at}
    return [
        mails.invitation(key="a", name=HOSTILE, inviter=HOSTILE, roles=words, link=LINK, until=at, **known),
        *(
            mails.roles_changed(key="b", is_own=own, by=by, before=words[:1], after=words, **told, **known)
            for own in (True, False)
            for by in (None, "Ada")
        ),
        *(
            mails.factor_changed(key="c", is_own=own, by=by, verb=verb, **told, **known)
            for own, by, verb in (
                (True, "Zoé", "set up second factor"),
                (True, "Zoé", "renewed recovery codes"),
                (True, "Zoé", "removed second factor"),
                (True, "Ada", "reset second factor"),
                (False, None, "reset second factor"),
            )
        ),
        *(
            mails.signed_in(
                key="e", at=at, why=why, browser=HOSTILE, network="192.0.2.7", is_officer=officer, **known
            )
            for why in ("failures", "browser")
            for officer in (True, False)
        ),
        mails.browser_copied(key="f", at=at, **known),
        *(
            mails.password_changed(key="d", at=at, is_officer=officer, forgot=LINK, **known)
            for officer in (True, False)
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_whole_in_each_language(app: Flask, frozen: Any, language: str) -> None:
    seen = set()
    for letter in letters(language, frozen.at):
        assert "\n" not in letter.subject
        assert letter.subject.strip()
        assert not BROKEN_WORDS.search(letter.text.replace(HOSTILE, "Zoé"))
        assert "49" not in letter.text
        assert "\n\n\n\n" not in letter.text
        assert letter.text.rstrip().endswith("press@example.org")
        seen.add(letter.subject)
    assert len(seen) == 9


def test_each_language_has_words_of_its_own(app: Flask, frozen: Any) -> None:
    written = [[letter.text for letter in letters(language, frozen.at)] for language in LANGUAGES]
    for same in zip(*written, strict=True):
        assert len(set(same)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_as_html_says_the_same_and_runs_nothing(app: Flask, frozen: Any, language: str) -> None:
    letter = letters(language, frozen.at)[0]
    assert letter.html is not None
    page = read(letter.html)
    assert page.html["lang"] == language
    assert not page.select("script, img, link")
    assert {link["href"] for link in page.select("a")} == {LINK}
    assert "<script>alert(1)</script>" in page.get_text()
    assert all(table["role"] == "presentation" for table in page.select("table"))
    assert len(letter.html.encode()) < 90_000
    assert LINK in letter.text
