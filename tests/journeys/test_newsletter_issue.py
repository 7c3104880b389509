"""An issue from the first word to a real mail server, watched while it goes: an officer in Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.office import hold
from tests.journeys.running import Newsroom
from tests.mailserver import MailServer
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    """A mail server that keeps what it is handed."""
    made = MailServer().start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def newsroom(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory, server: MailServer
) -> Iterator[Newsroom]:
    """The demonstration, which posts through that server."""
    folder = tmp_path_factory.mktemp("issues") / "instance"
    shutil.copytree(demonstration, folder)
    made = Newsroom(folder)
    made.environ |= {
        "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_USE_TLS": "0",
        "MAIL_SENDER": "press@newsroom.test",
    }  # fmt: skip
    try:
        made.open()
        made.work()
        yield made
    finally:
        made.close()


def test_an_officer_makes_an_issue_sends_it_and_watches_it_arrive(
    newsroom: Newsroom, server: MailServer, watched: Page
) -> None:
    page = watched
    page.goto(f"{newsroom.url}/desk/sign-in")
    page.fill("[name=email]", "ada@newsroom.example")
    page.fill("[name=password]", "Cornflower-2025!")
    page.locator("main button[type=submit]").click()
    page.goto(f"{newsroom.url}/desk/newsletter/issues/")
    page.get_by_role("button", name="New issue").click()
    page.get_by_label("Media advisories").check()
    page.locator("[name=subject_en]").fill("The week in one mail")
    page.locator("[name=intro_en]").fill("Dear readers,\n\nHere it is.")
    page.locator("[name=subject_fr]").fill("La semaine en un message")
    # The newest of them wait for their hour: these two are public.
    page.get_by_role("button", name=re.compile("Points de presse")).click()
    expect(page.locator(".issue-texts__one")).to_have_count(1)
    page.get_by_role("button", name=re.compile("dépôt de Porto")).click()
    expect(page.locator(".issue-texts__one")).to_have_count(2)
    titles = page.locator(".issue-texts__title strong").all_inner_texts()
    page.locator(".issue-texts__one").nth(1).get_by_role("button", name="Up").click()
    expect(page.locator(".issue-texts__title strong").first).to_have_text(titles[1])
    expect(page.locator(".issue-form__count")).to_contain_text("20 recipients")
    expect(page.frame_locator("iframe").first.locator("h1")).to_contain_text("semaine")
    hold(page, "issue-composer")

    page.get_by_role("button", name="Save and look at the sending").click()
    expect(page.locator(".read-back__moment")).to_have_text("20 recipients")
    hold(page, "issue-send")
    before = len(server.mails)
    page.get_by_role("button", name=re.compile("Send to 20")).click()
    expect(page.locator(".banner")).to_contain_text("on its way")
    # The page follows by itself, every three seconds, until it is over.
    expect(page.locator(".figures__state")).to_contain_text("Sent", timeout=60_000)
    expect(page.locator(".figures__words")).to_contain_text("20 of 20 settled")
    hold(page, "issue-sending")

    until(lambda: len(server.mails) - before >= 20, seconds=20, what="the mails")
    mails = [mail for mail in server.mails if "mail" in mail["Subject"] or "message" in mail["Subject"]]
    assert len({mail["To"] for mail in mails}) == 20
    assert {mail["Subject"] for mail in mails} == {"The week in one mail", "La semaine en un message"}
    for mail in mails:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "token__" not in mail.as_string()

    page.get_by_role("link", name="Français").click()
    expect(page.locator("h1")).to_have_text("La semaine en un message")
    expect(page.locator("main a[href*=unsubscribe]")).to_have_count(0)
