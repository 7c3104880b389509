"""Media accounts, from the page that somebody was reading and back to it, with real mails: in three languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.journalist import (
    NEW_PASSWORD,
    PASSWORD,
    SEND,
    Journalist,
    path_of,
    reach,
    send,
)
from tests.journeys.office import Moved, hold, press
from tests.journeys.running import Newsroom
from tests.mailserver import MailServer
from tests.proving.letters import other_than

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SUBJECTS = {"fr": "Votre code de vérification", "en": "Your verification code", "uk": "Ваш код підтвердження"}


class Place:
    """A demonstration that posts its mails through a real mail server, and whose clock can be moved."""

    def __init__(self, newsroom: Newsroom, server: MailServer, hour: Moved) -> None:
        self.newsroom, self.server, self.hour = newsroom, server, hour

    def later(self, seconds: int) -> None:
        """Let it be later."""
        self.hour.to(self.hour.now() + timedelta(seconds=seconds))


@pytest.fixture(scope="module")
def place(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One newsroom for all of these tests: each is somebody else."""
    folder = tmp_path_factory.mktemp("accounts")
    shutil.copytree(demonstration, folder / "instance")
    server, hour = MailServer().start(), Moved(folder / "ahead")
    hour.to(datetime.now(UTC))
    newsroom = Newsroom(folder / "instance", app="tests.journeys.moved")
    newsroom.environ |= {
        "MOVED_CLOCK": str(hour.file), "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(server.port),
        "MAIL_USE_TLS": "0", "MAIL_SENDER": "press@newsroom.test", "REGISTRATIONS_NETWORK": "1000",
        "CODES_NETWORK": "1000",
    }  # fmt: skip
    try:
        newsroom.open()
        newsroom.work()
        yield Place(newsroom, server, hour)
    finally:
        newsroom.close()
        server.stop()


@pytest.fixture
def somebody(browser: Browser, place: Place) -> Any:
    """Return somebody who reads in a language, with an address of their own."""

    def made(language: str, name: str) -> Journalist:
        return Journalist(browser, place.newsroom, place.server, language, f"{name}@radio.test")

    return made


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_an_account_is_opened_and_leads_back_to_the_page_with_its_query(
    place: Place, somebody: Any, language: str
) -> None:
    zoe = somebody(language, f"zoe.{language}")
    page, wanted = zoe.device(), f"/{language}/news/?kind=statement&page=1"
    page.goto(wanted)
    press(page, page.locator(f"a[href='/{language}/account/']"))
    if language == "fr":
        hold(page, "login")
    press(page, page.locator(f"a[href^='/{language}/account/register']"))
    zoe.fill_in(page, password="trop court")
    press(page, page.locator(SEND))
    expect(page.locator("#password-error")).to_be_visible()
    assert page.locator("input[name=organisation]").input_value() == "Radio Une"
    if language == "uk":
        hold(page, "register")
    zoe.fill_in(page)
    send(page)
    first = zoe.letter(1)
    assert first.subject.startswith(SUBJECTS[language])
    assert first.code not in first.subject
    assert "Radio Une" not in first.text + first.html
    expect(page.locator("main .address").first).to_have_text(zoe.email)
    page.locator("input[name=code]").fill(other_than(first.code))
    send(page)
    expect(page.locator("#code-error")).to_contain_text("4")
    if language != "en":
        hold(page, f"code-{language}")
    place.later(61)
    press(page, page.locator("form[action$='/code/new'] button"))
    expect(page.locator(".banner--done")).to_be_visible()
    second = zoe.letter(2)
    page.locator("input[name=code]").fill(first.code)
    send(page)
    expect(page.locator("#code-error")).to_be_visible()
    assert path_of(page).startswith(zoe.at("code"))
    page.locator("input[name=code]").fill(f" {second.code[:3]} – {second.code[3:]} ")
    send(page)
    assert path_of(page).startswith(zoe.at("created"))
    hold(page, f"created-{language}", widths=(390,))
    press(page, page.locator("button[name=answer][value=yes]"))
    send(page)
    expect(page.locator("#kinds-error")).to_be_visible()
    page.locator("input[name=kinds]").first.check()
    send(page)
    press(page, page.locator(f"main a[href='{wanted.replace('&', '&amp;')}'], main a[href='{wanted}']").first)
    assert path_of(page) == wanted


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_forgotten_password_is_replaced_on_another_device(somebody: Any, language: str) -> None:
    marta = somebody(language, f"marta.{language}")
    phone = marta.device()
    marta.register(phone)
    wanted = f"/{language}/events/"
    phone.goto(f"{marta.at('forgot')}?next={wanted}")
    phone.locator("main input[name=email]").fill(marta.email)
    send(phone)
    letter = marta.letter(2)
    desk = marta.device(is_phone=False)
    desk.goto(letter.link.replace("http://127.0.0.1:8000", marta.newsroom.url))
    expect(desk.locator("input[name=code]")).to_have_value(letter.code)
    assert letter.code not in desk.url
    if desk.locator("main input[name=email]").is_visible():
        desk.locator("main input[name=email]").fill(marta.email)
    send(desk)
    assert path_of(desk).startswith(marta.at("password"))
    desk.locator("input[name=password]").press_sequentially(NEW_PASSWORD, delay=5)
    expect(desk.locator(".password-rules__one[data-state=met]")).to_have_count(5)
    if language != "en":
        hold(desk, f"password-{language}", widths=(390,))
    send(desk)
    assert path_of(desk).startswith(marta.at("updated"))
    hold(desk, f"updated-{language}", widths=(390,))
    press(desk, desk.locator("main a.button").first)
    desk.locator("main input[name=email]").fill(marta.email)
    desk.locator("input[name=password]").fill(NEW_PASSWORD)
    send(desk)
    assert path_of(desk) == wanted
    phone.goto(marta.at("settings"))
    assert path_of(phone).startswith(marta.at("login"))
    marta.log_in(phone, PASSWORD)
    expect(phone.locator(".error-summary")).to_be_visible()


def test_devices_are_logged_out_and_remembered_ones_forgotten(somebody: Any) -> None:
    noor = somebody("en", "noor")
    phone, laptop = noor.device(), noor.device(is_phone=False)
    noor.register(phone)
    laptop.goto(noor.at("login"))
    laptop.locator("input[name=remember]").check()
    laptop.locator("main input[name=email]").fill(noor.email)
    laptop.locator("input[name=password]").fill(PASSWORD)
    send(laptop)
    laptop.goto(noor.at("settings"))
    expect(laptop.locator(".devices__one")).to_have_count(2)
    hold(laptop, "settings")
    phone.goto(noor.at("settings"))
    press(phone, phone.locator("form[action$='/sessions/end-others'] button"))
    laptop.goto(noor.at("settings"))
    assert path_of(laptop).startswith(noor.at("login"))
    phone.goto(noor.at("settings"))
    expect(phone.locator(".devices__one")).to_have_count(1)


def test_an_account_is_deleted_and_comes_back_by_logging_in(place: Place, somebody: Any) -> None:
    lea = somebody("uk", "lea")
    page = lea.device()
    lea.register(page)
    page.goto(lea.at("settings/delete"))
    hold(page, "delete")
    page.locator("input[name=current_password]").fill(PASSWORD)
    send(page)
    assert path_of(page) == lea.at("leaving")
    hold(page, "leaving", widths=(390,))
    assert "30" in lea.letter(2).text or "ембарго" not in lea.letter(2).text
    place.later(29 * 24 * 60 * 60)
    lea.log_in(page)
    page.goto(lea.at("settings"))
    expect(page.locator(".devices__one")).to_have_count(1)
    place.later(60 * 24 * 60 * 60)
    lea.log_in(page)
    assert not path_of(page).startswith(lea.at("login"))


def test_an_account_is_opened_by_the_keyboard_alone_and_without_script(somebody: Any) -> None:
    ida = somebody("en", "ida")
    page = ida.device(is_phone=False, has_script=False)
    page.goto(ida.at("register"))
    told = {
        "name": "Ida",
        "organisation": "freelance",
        "country": "Bel",
        "email": ida.email,
        "password": PASSWORD,
    }
    for name, words in told.items():
        reach(page, f"[name={name}]")
        page.keyboard.type(words)
    reach(page, "[name=conditions]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    letter = ida.letter(1)
    page.goto(letter.link.replace("http://127.0.0.1:8000", ida.newsroom.url))
    assert page.locator("input[name=code]").input_value() == ""
    reach(page, "[name=code]")
    page.keyboard.type(f"My code is {letter.code}.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path_of(page).startswith(ida.at("created"))
    reach(page, "button[name=answer][value=no]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(ida.at("settings"))
    reach(page, ".account__who button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(ida.at("settings"))
    assert path_of(page).startswith(ida.at("login"))
    reach(page, "[name=email]")
    page.keyboard.type(ida.email)
    reach(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path_of(page) == ida.at("settings")
