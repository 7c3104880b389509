"""A letter is made once and filled in for each person: right to every reader, server and verifier."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.signing import BadKey, Signer
from app.mailings.letters import (
    ITEM_ENDS,
    PREFERENCES_MARK,
    UNSUBSCRIBE_MARK,
    Letter,
    Person,
    Words,
    item_begins,
    only,
)  # fmt: skip
from tests.mailings.keys import ED, RSA, dns, pem

SITE = "https://news.example"
ZOE = Person("zoé@example.org", "<abc@news.example>", "tok-1", "tok-2")
WORDS = Words(
    "uk", "Зустріч у Києві",
    f"<p>Слово</p><a href='{SITE}/uk/newsletter/unsubscribe/{UNSUBSCRIBE_MARK}'>x</a><i>{PREFERENCES_MARK}</i>",
    f"Слово\n.крапка\n{SITE}/uk/newsletter/unsubscribe/{UNSUBSCRIBE_MARK}\n",
)  # fmt: skip


def letter(words: Words = WORDS, signer: Signer | None = None) -> Letter:
    lines = {
        "List-Unsubscribe": f"<{SITE}/{UNSUBSCRIBE_MARK}>",
        "List-Id": '"Our news" <newsletter.news.example>',
    }
    return Letter(words, sender=('Пресцентр "Київ"', "press@news.example"), list_headers=lines, signer=signer)


@pytest.mark.parametrize("is_8bit", [True, False])
def test_each_gets_their_own_links_and_what_everybody_gets(is_8bit):
    raw = letter().fill(ZOE, at=1_763_600_000, is_8bit=is_8bit)
    mail = message_from_bytes(raw, policy=policy.default)
    assert (str(mail["Subject"]), mail["Message-ID"], mail["List-Unsubscribe"]) == (
        "Зустріч у Києві", "<abc@news.example>", f"<{SITE}/tok-1>",
    )  # fmt: skip
    assert mail["From"].addresses[0].display_name == 'Пресцентр "Київ"'
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert f"{SITE}/uk/newsletter/unsubscribe/tok-1" in text
    assert "unsubscribe/tok-1'" in html
    assert "tok-2" in html
    assert "Слово" in text
    assert "Слово" in html
    assert "__" not in text + html
    assert is_8bit or raw.partition(b"\r\n\r\n")[2].isascii()


def test_a_follow_up_names_the_mail_that_it_follows():
    person = replace(ZOE, reply_to_id="<old@x>")
    mail = message_from_bytes(letter().fill(person, at=0), policy=policy.default)
    assert (mail["In-Reply-To"], mail["References"]) == ("<old@x>", "<old@x>")


@settings(max_examples=60)
@given(st.text(max_size=3000), st.sampled_from(["", "x" * 2500, "слово " * 800, ".\r.\n..\n", "\u2028\x0b"]))
def test_no_text_breaks_the_lines_that_mail_servers_carry(typed, more):
    words = Words("fr", f"{typed[:200]}\r\nBcc: x@y", f"<p>{typed}{more}</p>", f"{typed}{more}")
    raw = letter(words).fill(ZOE, at=0)
    head, _, _body = raw.partition(b"\r\n\r\n")
    assert b"\nBcc:" not in head
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line and not line.startswith(b".") for line in lines)
    assert b"\r" not in raw.replace(b"\r\n", b"")


def test_only_the_items_of_a_person_stand_in_their_mail():
    html = "A<!--item 0--><b>zero</b><!--/item-->\n<!--item 1--><b>one</b><!--/item-->B"
    text = f"A\n{item_begins(0)}zero\n{ITEM_ENDS}\n{item_begins(1)}one\n{ITEM_ENDS}\nB"
    words = Words("en", "x", html, text)
    assert only(words, 0b10).html == "A<b>one</b>B"
    assert only(words, 0b10).text == "A\none\nB"
    assert only(words, None).html == "A<b>zero</b><b>one</b>B"
    assert not re.search("[\x1e\x1f]", only(words, None).text)


# Signed


@pytest.mark.parametrize("key", [RSA, ED], ids=["rsa", "ed25519"])
@pytest.mark.parametrize("is_8bit", [True, False])
def test_a_receiver_finds_the_signature_right_and_notices_a_changed_word(key, is_8bit):
    signer = Signer("news.example", "news", pem(key))
    raw = letter(signer=signer).fill(ZOE, at=1_763_600_000, is_8bit=is_8bit)
    assert dkim.verify(raw, dnsfunc=dns(key))
    assert not dkim.verify(raw.replace(b"tok-2", b"tok-3"), dnsfunc=dns(key))
    assert not dkim.verify(raw.replace(b"Subject: ", b"Subject: x"), dnsfunc=dns(key))


@pytest.mark.parametrize(
    "key",
    [
        b"", b"no key", pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ],
    ids=["empty", "words", "short", "broken"],
)  # fmt: skip
def test_a_key_that_no_receiver_would_take_is_refused(key):
    with pytest.raises(BadKey):
        Signer("news.example", "news", key)


def test_the_settings_name_the_key_or_none(tmp_path: Path):
    file = tmp_path / "key.pem"
    file.write_bytes(pem(ED))
    config = {
        "DKIM_KEY_FILE": "",
        "DKIM_DOMAIN": "",
        "DKIM_SELECTOR": "s",
        "MAIL_SENDER": "press@news.example",
    }
    assert Signer.of(config) is None
    signer = Signer.of(config | {"DKIM_KEY_FILE": str(file)})
    assert b"d=news.example; s=s;" in signer.sign([(b"from", b"x")], b"", at=1)
    with pytest.raises(FileNotFoundError):
        Signer.of(config | {"DKIM_KEY_FILE": str(tmp_path / "none")})
