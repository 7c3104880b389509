"""A whole day of a press office: three officers in three browsers, three languages, and the hour of an embargo.

The newsroom's own clock is moved (moved.py): the day begins at nine, and the embargo ends at three. Each test goes
on where the one before ended, on the one newsroom that runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.day_words import (
    EVENTS,
    FIGURE,
    HOURS,
    LATER,
    NEW_FIGURE,
    RELEASES,
    RIGHT,
    SLIP,
    SPEAKER,
)
from tests.journeys.office import PHONE, Moved, Officer, hold, press
from tests.journeys.running import ROOT, Newsroom
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORNING = datetime(2025, 12, 3, 8, 0, tzinfo=UTC)  # a Wednesday, nine o'clock in Brussels
EMBARGO = MORNING.replace(hour=14)  # 15:00 in Brussels
DAY = "2025/12/03"
LANGUAGES = ("en", "fr", "uk")  # the first is written, the others are translated from it
WITHOUT_SCRIPT = "en"
WRONG, GONE = "A sleeping car is named after its designer", "Passengers who tried the new berths"


class Office:
    """The newsroom, its hour, its three officers, and the addresses of what they write."""

    def __init__(self, browser: Browser, newsroom: Newsroom, hour: Moved) -> None:
        self.browser, self.newsroom, self.hour = browser, newsroom, hour
        self.oksana, self.petro, self.amelie = (
            Officer(browser, newsroom, hour, name) for name in ("Oksana", "Petro", "Amélie")
        )
        self.readers = {language: self._reader(language) for language in LANGUAGES}
        self.here: dict[str, dict[str, str]] = {}

    def _reader(self, language: str) -> Page:
        """Somebody on a phone."""
        context = self.browser.new_context(
            viewport=PHONE, base_url=self.newsroom.url, locale=language, has_touch=True,
            java_script_enabled=language != WITHOUT_SCRIPT,
        )  # fmt: skip
        return context.new_page()

    def decided_by(self, language: str) -> Officer:
        """Who may approve what was written in ``language``: Petro translates, so he cannot."""
        return self.petro if language == "en" else self.amelie

    def written_by(self, language: str) -> Officer:
        """Who writes in ``language``."""
        return self.oksana if language == "en" else self.petro

    def surfaces(self, language: str, words: str) -> dict[str, str]:
        """What everybody is told in ``language``: the list, the feed, the map, and the search for ``words``."""
        asked = {
            "list": f"/{language}/news/",
            "feed": f"/{language}/news.atom",
            "map": f"/sitemap-{language}-1.xml",
            "search": f"/{language}/search/?q={quote_plus(' '.join(words.split()[:3]))}",
        }
        return {name: self.newsroom.text(path) for name, path in asked.items()}

    def leaks(self) -> int:
        """Ask everything public, over the network, for what is not; return how many texts were looked for."""
        said = self.newsroom.flask("leaks", "--url", self.newsroom.url)
        found = re.fullmatch(r"Texts that are not public: (\d+)\. None of them is told anywhere\.\s*", said)
        assert found, said
        return int(found[1])


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A press office that has worked before, at nine in the morning."""
    folder = tmp_path_factory.mktemp("day")
    hour = Moved(folder / "ahead")
    hour.to(MORNING)
    newsroom = Newsroom(folder / "instance", app="tests.journeys.moved")
    newsroom.environ |= {"MOVED_CLOCK": str(hour.file), "SECOND_FACTOR": "required"}
    newsroom.flask("db", "upgrade")
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.yesterday"],
        cwd=ROOT, env=newsroom.environ, check=True, timeout=110,
    )  # fmt: skip
    try:
        newsroom.open()
        newsroom.work()
        yield Office(browser, newsroom, hour)
    finally:
        newsroom.close()


def test_a_meeting_is_announced_with_its_programme_in_three_languages(office: Office):
    oksana = office.oksana
    words = EVENTS["en"]
    first = oksana.write(
        "/desk/events/new?language=en",
        title=words.title, lead=words.lead, place=words.place, kind="meeting",
        starts_day="03.12.2025", starts_clock="10:00", ends_clock="17:30",
    )  # fmt: skip
    office.here["event"] = {code: first.replace("/en/", f"/{code}/") for code in LANGUAGES}
    oksana.page.goto(f"{first}programme")
    for number, (entry, (title, room)) in enumerate(zip(HOURS, words.entries, strict=True)):
        if number:
            press(oksana.page, oksana.page.locator("button[name=add]"))
        oksana.fill(
            **{f"programme-{number}-{name}": value for name, value in entry.items()},
            **{f"programme-{number}-title": title, f"programme-{number}-place": room},
        )
    oksana.save()
    hold(oksana.page, "programme-desk")
    for code in ("fr", "uk"):
        translate_event(office, code)
    for code in LANGUAGES:
        here = office.here["event"][code]
        office.written_by(code).submit(here, reason="The release follows.")
        office.decided_by(code).approve(here)
        office.amelie.publish(here)
    for code, page in office.readers.items():
        page.goto(f"/{code}/events/")
        page.get_by_role("link", name=EVENTS[code].title).first.click()
        expect(page.locator(".programme__title")).to_have_text(
            [title for title, _room in EVENTS[code].entries]
        )
    hold(office.readers["fr"], "event-fr")


def translate_event(office: Office, code: str) -> None:
    """Petro translates the event and the words of its programme."""
    petro, words, here = office.petro, EVENTS[code], office.here["event"][code]
    petro.write(f"{here}translate?from=en", title=words.title, lead=words.lead, place=words.place)
    petro.page.goto(f"{here}programme")
    for number, (title, room) in enumerate(words.entries):
        petro.fill(**{f"programme-{number}-title": title, f"programme-{number}-place": room})
    petro.save()


def test_a_release_is_written_reviewed_with_a_comment_returned_and_corrected(office: Office):
    oksana, petro, words = office.oksana, office.petro, RELEASES["en"]
    body = [paragraph.replace(RIGHT, SLIP) for paragraph in words.body]
    first = oksana.write(
        "/desk/releases/new?language=en",
        title=words.title, slug=words.slug, lead=words.lead, place=words.place, date="03.12.2025", body=body,
        **{"quotes-0-text": words.quote, "quotes-0-speaker": SPEAKER, "quotes-0-function": words.function},
        **{"topics-0": True},
    )  # fmt: skip
    office.here["release"] = {code: first.replace("/en/", f"/{code}/") for code in LANGUAGES}
    oksana.write("/desk/releases/new?language=en", title="A draft that nobody but the office may read today")
    oksana.submit(first, reason="The translations are being made.")

    petro.page.goto("/desk/")
    expect(petro.page.locator(".turn")).to_contain_text(words.title)
    hold(petro.page, "your-turn")
    press(petro.page, petro.page.locator(".turn__act a").first)
    press(petro.page, petro.page.locator(".remarks__way a").nth(1))
    petro.page.locator("#paragraph-2 textarea").fill("2026, surely? No train can start last June.")
    press(petro.page, petro.page.locator("#paragraph-2 button"))
    expect(petro.page.locator("#paragraph-2 .remark")).to_contain_text("2026, surely?")
    petro.page.locator("#comment").fill("One date is wrong: see the second paragraph.")
    hold(petro.page, "review")
    press(petro.page, petro.page.locator("button[name=return]"))

    oksana.page.goto("/desk/")
    expect(oksana.page.locator(".turn")).to_contain_text(words.title)
    oksana.page.goto(first)
    expect(oksana.page.locator("main")).to_contain_text("One date is wrong")
    hold(oksana.page, "returned")
    oksana.fill(body=words.body)
    oksana.save()
    oksana.page.goto(f"{first}preview")
    expect(oksana.page.locator(".remark__quote")).to_contain_text(SLIP)
    press(oksana.page, oksana.page.locator("form[action$='/resolve'] button"))
    expect(oksana.page.locator(".remark--settled")).to_be_visible()
    oksana.submit(first, reason="The translations are being made.")
    petro.approve(first)


def test_it_is_translated_approved_and_set_under_one_embargo(office: Office):
    oksana, petro, amelie, here = office.oksana, office.petro, office.amelie, office.here["release"]
    oksana.page.goto(f"{here['en']}together")
    oksana.fill(**{f"together-{number}": True for number in range(3)})
    press(oksana.page, oksana.page.locator("main form button[type=submit]"))
    for code in ("fr", "uk"):
        words = RELEASES[code]
        petro.write(
            f"{here[code]}translate?from=en",
            title=words.title, slug=words.slug, lead=words.lead, place=words.place, body=words.body,
            **{"quotes-0-text": words.quote, "quotes-0-speaker": SPEAKER, "quotes-0-function": words.function},
        )  # fmt: skip
        if code == "fr":
            hold(petro.page, "translate")
        petro.submit(here[code])
        amelie.approve(here[code])
    amelie.publish(here["fr"], when="embargo", day="3 décembre 2025", clock="15h00")
    for code in LANGUAGES:
        amelie.page.goto(here[code])
        expect(amelie.page.locator(".side-box--state time").first).to_contain_text("15:00")
    hold(amelie.page, "embargo")
    amelie.page.goto("/desk/")
    expect(amelie.page.locator(".rail")).to_contain_text(RELEASES["fr"].title)
    hold(amelie.page, "rail")


def test_nobody_outside_can_tell_before_the_hour(office: Office):
    for code, page in office.readers.items():
        words = RELEASES[code]
        assert page.goto(f"/{code}/news/{DAY}/{words.slug}").status == 404
        for name, told in office.surfaces(code, words.title).items():
            assert words.title not in told, (code, name)
            assert words.slug not in told, (code, name)
    hold(office.readers["uk"], "before-uk", widths=(390,))
    assert office.leaks() == 4  # the release in three languages, and the draft


def test_an_hour_of_the_programme_moves_and_readers_see_from_where(office: Office):
    here, last = office.here["event"], len(HOURS) - 1
    office.oksana.page.goto(f"{here['en']}programme")
    office.oksana.fill(
        **{f"programme-{last}-clock": LATER, f"programme-{last}-state": "moved"},
        **{f"programme-{last}-note": EVENTS["en"].note},
    )
    office.oksana.save()
    for code in ("fr", "uk"):
        office.petro.page.goto(f"{here[code]}programme")
        office.petro.fill(**{f"programme-{last}-note": EVENTS[code].note})
        office.petro.save()
    for code in LANGUAGES:
        office.written_by(code).submit(here[code], reason="The release follows.")
        office.decided_by(code).approve(here[code])
        office.amelie.publish(here[code], kind="update", update=EVENTS[code].told)
        page = office.readers[code]
        page.goto(f"/{code}/events/")
        page.get_by_role("link", name=EVENTS[code].title).first.click()
        moved = page.locator(".programme__entry").nth(last)
        expect(moved.locator("del")).to_contain_text("15:30")
        expect(moved.locator(".programme__time")).to_have_text(LATER)
        expect(moved).to_contain_text(EVENTS[code].note)
        expect(page.locator("#updates")).to_contain_text(EVENTS[code].told)
    hold(office.readers["uk"], "event-moved-uk")


def test_at_its_hour_everybody_can_read_it_in_three_languages(office: Office):
    office.hour.to(EMBARGO - timedelta(seconds=2))
    first = f"/en/news/{DAY}/{RELEASES['en'].slug}"
    until(lambda: office.newsroom.status(first) == 200, seconds=20, what="the hour")
    assert EMBARGO <= office.hour.now() < EMBARGO + timedelta(seconds=5)
    for code, page in office.readers.items():
        words = RELEASES[code]
        page.goto("/")
        page.get_by_role("link", name=words.title).first.click()
        expect(page).to_have_url(re.compile(f"/{code}/news/{DAY}/{words.slug}$"))
        expect(page.locator("h1")).to_have_text(words.title)
        expect(page.locator("main")).to_contain_text(words.body[2])
        expect(page.locator("main")).to_contain_text(SPEAKER)
        hold(page, f"release-{code}", widths=(390, 1280) if code != WITHOUT_SCRIPT else ())
        for name in ("list", "feed", "map", "search"):
            until(
                lambda code=code, words=words, name=name: f"/{code}/news/{DAY}/{words.slug}"
                in office.surfaces(code, words.title)[name],
                seconds=10, what=f"the {name} in {code}",
            )  # fmt: skip
    assert office.leaks() == 1


def test_a_published_figure_is_corrected_in_public(office: Office):
    for code in LANGUAGES:
        words, here = RELEASES[code], office.here["release"][code]
        writer = office.written_by(code)
        writer.write(here, **words.with_figure(NEW_FIGURE))
        writer.submit(here)
        office.decided_by(code).approve(here)
        office.amelie.publish(here, kind="correction", correction=words.note)
        page = office.readers[code]
        page.goto(f"/{code}/news/{DAY}/{words.slug}")
        expect(page.locator(".notice--caution")).to_contain_text(words.note)
        expect(page.locator(".prose").first).to_contain_text(NEW_FIGURE)
        expect(page.locator("#updates")).to_contain_text(words.note)
        assert words.note in office.newsroom.text(f"/{code}/news.atom")
    hold(office.readers["fr"], "corrected-fr")
    for code in ("fr", WITHOUT_SCRIPT):
        page = office.readers[code]
        page.goto(f"/{code}/news/{DAY}/{RELEASES[code].slug}/history")
        expect(page.locator("del").first).to_contain_text(FIGURE)
        expect(page.locator("ins").first).to_contain_text(NEW_FIGURE)
    hold(office.readers["fr"], "history-fr")
    assert office.newsroom.status(f"/fr/news/{DAY}/{RELEASES['fr'].slug}/history/1") == 200


def test_the_page_of_the_subject_is_kept_current(office: Office):
    oksana = office.oksana
    here = oksana.find("Night trains: questions")
    oksana.page.goto(f"{here}faq/")
    press(oksana.page, oksana.page.locator("tbody th a").first)
    oksana.fill(answer=["Fifty-six trains a week, between twelve countries."], checked_on="03.12.2025")
    hold(oksana.page, "faq-desk")
    oksana.save()
    oksana.submit(here, reason="It was right until now.")
    office.petro.approve(here)
    told = "The number of trains is the one agreed on 3 December 2025."
    office.amelie.publish(here, kind="update", update=told)
    page = office.readers["en"]
    page.goto("/en/topics/")
    page.get_by_role("link", name="Night trains").first.click()
    expect(page.locator(".topic__checked")).to_contain_text("3 December 2025")
    expect(page.locator("#updates")).to_contain_text(told)
    expect(page.locator(".topic__side")).to_contain_text(RELEASES["en"].title)
    page.locator("details.faq__entry summary").first.click()
    expect(page.locator("details.faq__entry .faq__answer").first).to_contain_text("Fifty-six")


def test_one_page_is_withdrawn_with_its_explanation_and_another_removed(office: Office):
    amelie, page = office.amelie, office.readers["en"]
    wrong, gone = (amelie.find(title) for title in (WRONG, GONE))
    addresses = [amelie.public_address(here) for here in (wrong, gone)]
    reason = "The car has no name yet: the ceremony was put off."
    amelie.end(wrong, "withdraw", reason=reason)
    amelie.end(gone, "remove", log_reason="Personal data.", sentence="It named people who had not agreed.")
    page.goto(addresses[0])
    expect(page.locator(".notice").first).to_contain_text(reason)
    assert page.goto(addresses[1]).status == 410
    expect(page.locator("main")).to_contain_text("It named people who had not agreed.")
    told = office.surfaces("en", "sleeping car")
    until(
        lambda: "sleeping car is named" not in office.surfaces("en", "sleeping car")["search"], what="search"
    )
    assert "berths" not in "".join(told.values())
    assert f"Withdrawn: {WRONG}" in told["feed"]
    assert reason in told["feed"]
    for name in ("list", "map"):
        assert "sleeping" not in told[name], name
    amelie.page.goto(addresses[0])
    hold(amelie.page, "withdrawn")
    amelie.page.goto(addresses[1])
    hold(amelie.page, "removed")


def test_at_the_end_nothing_has_leaked_and_the_log_is_whole(office: Office):
    office.leaks()
    assert office.newsroom.flask("audit", "verify") == "The log is whole.\n"
    for each in (office.oksana, office.petro, office.amelie):
        assert each.offences == [], each.name
