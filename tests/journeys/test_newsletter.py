"""The newsletter as its readers meet it: from the foot of a page to leaving, with real mails, in three languages.

Once with script and once without, as nothing here needs any.
"""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.journeys.journalist import Journalist, Letter
from tests.journeys.office import Moved, hold, press
from tests.journeys.running import Newsroom
from tests.mailserver import MailServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/\S+)")


def hour(newsroom: Newsroom) -> Moved:
    """The hour of that newsroom."""
    return Moved(newsroom.folder / "ahead")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, MailServer]]:
    """An office that begins today, and posts its mails through a real mail server."""
    server = MailServer().start()
    newsroom = Newsroom(tmp_path_factory.mktemp("newsletter"), app="tests.journeys.moved")
    hour(newsroom).to(datetime.now(UTC))
    newsroom.environ |= {
        "MOVED_CLOCK": str(hour(newsroom).file),
        "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_USE_TLS": "0",
        "MAIL_SENDER": "press@newsroom.test", "SUBSCRIPTIONS_NETWORK": "1000", "SECOND_FACTOR": "optional",
    }  # fmt: skip
    try:
        newsroom.flask("db", "upgrade")
        newsroom.open()
        newsroom.work()
        yield newsroom, server
    finally:
        newsroom.close()
        server.stop()


def _link(letter: Letter, part: str) -> str:
    return next(path for path in LINK.findall(letter.text) if f"/newsletter/{part}/" in path)


def _take_time(page: Page) -> None:
    """Let the page have been open for as long as the quickest person takes to fill it in."""
    open_for = "performance.now() - performance.getEntriesByType('navigation')[0].responseStart"
    page.wait_for_timeout(max(0, 2500 - page.evaluate(open_for)))


def _main(page: Page, value: str) -> Any:
    return page.locator(f"main button[name=action][value={value}]").first


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_reader_subscribes_confirms_chooses_pauses_and_leaves(
    browser: Browser, place: tuple[Newsroom, MailServer], language: str, has_script: bool
) -> None:
    newsroom, server = place
    zoe = Journalist(browser, newsroom, server, language, f"zoe.{language}.{has_script}@reader.test".lower())
    page = zoe.device(has_script=has_script)
    offences: list[str] = []
    page.on(
        "console",
        lambda said: offences.append(said.text) if said.type == "error" and "422" not in said.text else None,
    )

    def held(name: str) -> None:
        if has_script:
            hold(page, f"letters-{name}-{language}")

    page.goto(f"/{language}/news/")
    page.locator("#footer-email").fill(zoe.email)
    press(page, page.locator(".site-footer__letters button"))
    expect(page.locator("main input[name=email]")).to_have_value(zoe.email)
    press(page, page.locator("main form button[type=submit]:not([name])"))  # nothing chosen, and too fast
    expect(page.locator("#kinds-error")).to_be_visible()
    held("subscribe")
    page.locator("input[name=kinds][value=every]").check()
    page.locator("input[name=kinds][value=friday]").check()
    _take_time(page)
    press(page, page.locator("main form button[type=submit]:not([name])"))
    expect(page.locator("main .address").first).to_have_text(zoe.email)
    held("check")

    page.goto(_link(zoe.letter(1), "confirm"))
    expect(page.locator(".letters__state")).to_be_visible()
    held("confirm")
    press(page, _main(page, "confirm"))
    expect(page.locator("h1")).to_be_visible()
    held("confirmed")
    receipt = zoe.letter(2)
    page.goto(_link(receipt, "preferences"))
    expect(page.locator("input[name=kinds][value=every]")).to_be_checked()
    page.locator("input[name=kinds][value=every]").uncheck()
    press(page, _main(page, "save"))
    expect(page.locator(".banner--done")).to_be_visible()
    held("preferences")
    press(page, _main(page, "pause"))
    expect(page.locator(".letters__state")).to_be_visible()
    press(page, _main(page, "resume"))

    leave = _link(receipt, "unsubscribe")
    page.goto(leave)
    held("unsubscribe")
    press(page, _main(page, "leave"))
    held("left")
    page.locator("input[name=reason]").first.check()
    press(page, _main(page, "reason"))
    expect(page.locator(".banner--done")).to_be_visible()
    press(page, _main(page, "again"))
    page.goto(leave)
    expect(_main(page, "leave")).to_be_visible()

    # As a mail provider does it: no cookie, no page before, no redirect followed.
    body = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(newsroom.url + leave, data=body, timeout=30) as answer:
        assert (answer.status, answer.headers.get("Set-Cookie")) == (200, None)
    page.goto(leave)
    expect(_main(page, "leave")).to_have_count(0)
    assert page.context.cookies() == []
    assert offences == []
    for mail in server.mails:
        if mail["To"] == zoe.email:
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            assert mail["List-Id"]


def test_alerts_arrive_until_the_mail_program_is_told_to_stop_them(
    browser: Browser, place: tuple[Newsroom, MailServer]
) -> None:
    newsroom, server = place
    zoe, tom = (
        Journalist(browser, newsroom, server, "en", f"{name}.alerts@reader.test") for name in ("zoe", "tom")
    )
    for reader in (zoe, tom):
        _subscribe(reader)
    newsroom.run("tests.journeys.published", "Night trains run again")
    assert {each.letter(3).subject for each in (zoe, tom)} == {"Night trains run again"}  # it has come
    alert = next(
        mail
        for mail in server.mails
        if (mail["To"], mail["Subject"]) == (zoe.email, "Night trains run again")
    )
    assert "/en/news/" in zoe.letter(3).text

    # RFC 8058: the address of the header, by a program that has no cookie and saw no page.
    assert alert["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = re.findall(r"<(http[^>]+)>", alert["List-Unsubscribe"])[0]
    request = urllib.request.Request(url, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert (answer.status, answer.url, answer.headers.get("Set-Cookie")) == (200, url, None)

    newsroom.run("tests.journeys.published", "Two more night trains")
    assert tom.letter(4).subject == "Two more night trains"  # whoever stayed has it: so it went out
    said = newsroom.flask("newsletter", "why", zoe.email, "2")
    assert "left since" in said
    assert [letter.subject for letter in zoe.letters()][2:] == ["Night trains run again"]


def _subscribe(reader: Journalist, kind: str = "every") -> None:
    """Subscribe to ``kind``, each release unless said otherwise, and confirm."""
    page = reader.device()
    page.goto(f"/{reader.language}/newsletter/")
    page.locator("main input[name=email]").fill(reader.email)
    page.locator(f"input[name=kinds][value={kind}]").check()
    _take_time(page)
    press(page, page.locator("main form button[type=submit]:not([name])"))
    page.goto(_link(reader.letter(1), "confirm"))
    press(page, _main(page, "confirm"))
    assert reader.letter(2).text
    page.context.close()


def test_the_desk_finds_reads_and_brings_along(browser: Browser, place: tuple[Newsroom, MailServer]) -> None:
    newsroom = place[0]
    newsroom.flask(
        "officer", "add", "nora@office.test", "--name", "Nora", "--role", "newsletter", "--language", "en",
        "--password-stdin", typed=f"{make.PASSWORD}\n",
    )  # fmt: skip
    page = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=newsroom.url).new_page()
    page.goto("/desk/")
    page.locator("main input[name=email]").fill("nora@office.test")
    page.locator("input[name=password]").fill(make.PASSWORD)
    press(page, page.locator("main form button[type=submit]"))
    page.goto("/desk/newsletter/subscribers/import")
    lines = "Address;Language;Day\nann@reader.test;en;2025-03-01\nnobody;fr;2025-03-01\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "former-list.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    hold(page, "letters-upload")
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator("select[name=email]")).to_have_value("0")
    hold(page, "letters-set-up")
    page.locator("textarea[name=text]").fill("I want to receive your releases.")
    page.locator("input[name=how]").fill("form at the counter, confirmed by e-mail")
    page.locator("input[name=kinds][value=friday]").check()
    page.locator("input[name=default_language][value=en]").check()
    press(page, page.locator("button[value=import]"))
    for _time in range(30):
        if page.locator("progress").count() == 0:
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator(".record__list li")).to_have_count(1)
    hold(page, "letters-report")
    for name in ("block", "let", ""):
        page.goto(f"/desk/newsletter/subscribers/{name}")
        hold(page, f"letters-{name or 'list'}")
    press(page, page.locator("a", has_text="ann@reader.test"))
    expect(page.locator(".record__text")).to_have_text("I want to receive your releases.")
    hold(page, "letters-subscriber")
    press(page, page.locator("a", has_text=re.compile("^Erase$")))
    hold(page, "letters-erase")
    press(page, page.locator("main form button[type=submit]"))
    expect(page.locator(".banner--done")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_summary_comes_in_the_evening_until_its_reader_wants_other_mails(
    browser: Browser, place: tuple[Newsroom, MailServer], language: str
) -> None:
    newsroom, server = place
    zoe, tom = (
        Journalist(browser, newsroom, server, language, f"{name}.{language}.daily@reader.test")
        for name in ("zoe", "tom")
    )
    for reader in (zoe, tom):
        _subscribe(reader, "daily")
    _pass_a_day(newsroom, f"A bridge opens ({language})")
    for reader in (zoe, tom):
        assert f"A bridge opens ({language})" in reader.letter(3).text

    page = zoe.device()
    page.goto(_link(zoe.letter(3), "preferences"))
    page.locator("input[name=kinds][value=daily]").uncheck()
    page.locator("input[name=kinds][value=advisories]").check()
    press(page, _main(page, "save"))
    _pass_a_day(newsroom, f"A road is closed ({language})")
    assert (
        f"A road is closed ({language})" in tom.letter(4).text
    )  # whoever wants it still has it: so it went out
    assert len(zoe.letters()) == 3


def _pass_a_day(newsroom: Newsroom, title: str) -> None:
    """Let the next day come, publish at noon, and let the evening come, in which the summary of the day is due."""
    noon = datetime.combine(hour(newsroom).now().date() + timedelta(days=1), time(12), tzinfo=UTC)
    hour(newsroom).to(noon)
    newsroom.run("tests.journeys.published", title)
    hour(newsroom).to(noon.replace(hour=18))
