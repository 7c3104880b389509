"""Days and hours as people type them, and the moments that they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from app.text.moments import (
    BadClock,
    BadDay,
    NoSuchHour,
    TwiceHour,
    WrongWeekday,
    local,
    moment_in_zone,
    parse_clock,
    parse_day,
    zone_words,
)

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
@pytest.mark.parametrize(
    "text",
    [
        "2025-12-03",
        "2025/12/3",
        "2025.12.03",
        "03/12/2025",
        "3/12/2025",
        "3.12.2025",
        "03-12-2025",
        "3 12 2025",
        "3/12/25",
        "3 décembre 2025",
        "3 decembre 2025",
        "3 déc. 2025",
        "le 3 décembre 2025",
        "mercredi 3 décembre 2025",
        "mer. 3 déc. 2025",
        "3 December 2025",
        "3 Dec 2025",
        "3rd December 2025",
        "the 3rd of December 2025",
        "December 3, 2025",
        "Wed, 3 Dec 2025",
        "Wednesday 3 December 2025",
        "3 грудня 2025",
        "3 грудня 2025 р.",
        "3 грудня 2025 року",
        "середа, 3 грудня 2025",
        "середу, 3 грудня 2025",
        "3 груд. 2025",
        "  3\u00a0DÉCEMBRE\u202f2025 ",
        "３/１２/２０２５",
    ],
)
def test_a_day_is_understood(text: str, language: str):
    assert parse_day(text, language) == date(2025, 12, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mai 2026", date(2026, 5, 1)),
        ("1 травня 2026", date(2026, 5, 1)),
        ("1 травень 2026", date(2026, 5, 1)),
        ("29/02/2024", date(2024, 2, 29)),
        ("п'ятниця, 5 грудня 2025", date(2025, 12, 5)),
        ("п’ятницю 5 грудня 2025", date(2025, 12, 5)),
        ("1 août 2025", date(2025, 8, 1)),
        ("1 sept. 2025", date(2025, 9, 1)),
        ("1 Sept 2025", date(2025, 9, 1)),
        ("12/03/2025", date(2025, 3, 12)),
    ],
)
def test_a_day_of_any_month_is_understood(text: str, day: date):
    assert parse_day(text, "en") == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "3",
        "3/12",
        "31/02/2025",
        "29/02/2025",
        "12/31/2025",
        "2025-13-01",
        "0/12/2025",
        "3 Decembre",
        "3 brumaire 2025",
        "03/12/1899",
        "03/12/2101",
        "03/12/0001",
        "99999/12/2025",
        "3/12/20255",
        "2025-12-03T10:00",
        "tomorrow",
        "'; --",
        "3/12/2025 x",
        "mercredi",
        "1" * 5000,
        "\x00",
        "３" * 100,
    ],
)
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(BadDay) as refused:
        parse_day(text, "fr")
    assert str(refused.value) == "Enter a date like 3 December 2025 or 03/12/2025"


def test_a_weekday_that_does_not_match_is_refused():
    with pytest.raises(WrongWeekday) as refused:
        parse_day("jeudi 3 décembre 2025", "fr")
    assert str(refused.value) == "3 December 2025 is a Wednesday. Check the date."


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("15:00", time(15)),
        ("15h", time(15)),
        ("15 h", time(15)),
        ("15h30", time(15, 30)),
        ("15 h 30", time(15, 30)),
        ("15.30", time(15, 30)),
        ("3 pm", time(15)),
        ("3pm", time(15)),
        ("3:30 p.m.", time(15, 30)),
        ("3 P. M.", time(15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("0:05", time(0, 5)),
        ("9:05", time(9, 5)),
        ("15:00:00", time(15)),
        ("à 15 h", time(15)),
        ("at 9:30", time(9, 30)),
        ("о 15:00", time(15)),
        ("15 год", time(15)),
        ("15 год. 30 хв", time(15, 30)),
        ("15 heures", time(15)),
        (" 15\u00a0h\u00a030 ", time(15, 30)),
        ("１５:００", time(15)),
        ("23:59", time(23, 59)),
    ],
)
def test_an_hour_is_understood(text: str, clock: time):
    assert parse_clock(text) == clock


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "3",
        "15",
        "24:00",
        "15:60",
        "15:0",
        "13 pm",
        "0 am",
        "15:00:30",
        "15h7",
        "-1:00",
        "1500000",
        "15:00 x",
        "9" * 5000,
    ],
)
def test_what_is_no_hour_is_refused(text: str):
    with pytest.raises(BadClock) as refused:
        parse_clock(text)
    assert str(refused.value) == "Enter a time like 15:00"


@pytest.mark.parametrize(
    ("day", "clock", "zone", "moment"),
    [
        (date(2025, 12, 3), time(15), "Europe/Brussels", "2025-12-03T14:00"),
        (date(2025, 7, 21), time(15), "Europe/Brussels", "2025-07-21T13:00"),
        (date(2026, 3, 29), time(1, 59), "Europe/Brussels", "2026-03-29T00:59"),
        (date(2026, 3, 29), time(3, 0), "Europe/Brussels", "2026-03-29T01:00"),
        (date(2026, 10, 25), time(1, 59), "Europe/Brussels", "2026-10-24T23:59"),
        (date(2026, 10, 25), time(3, 0), "Europe/Brussels", "2026-10-25T02:00"),
        (date(2025, 12, 3), time(0, 30), "Asia/Kolkata", "2025-12-02T19:00"),
        (date(2025, 12, 3), time(15), "UTC", "2025-12-03T15:00"),
    ],
)
def test_the_office_clock_means_a_moment(day: date, clock: time, zone: str, moment: str):
    expected = datetime.fromisoformat(f"{moment}+00:00")
    for choice in (None, "summer", "winter", "nonsense"):
        found = moment_in_zone(day, clock, ZoneInfo(zone), choice=choice)
        assert found == expected
        assert found.tzinfo is UTC
    assert moment_in_zone(day, clock, zone) == expected
    assert local(expected, zone).replace(tzinfo=None) == datetime.combine(day, clock)


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_an_hour_that_does_not_exist_is_refused_with_the_two_beside_it(minute: int):
    with pytest.raises(NoSuchHour) as refused:
        moment_in_zone(date(2026, 3, 29), time(2, minute), BRUSSELS, choice="summer")

    assert (refused.value.a, refused.value.b) == (time(1, minute), time(3, minute))
    assert refused.value.field == "clock"
    assert str(refused.value) == (
        f"02:{minute:02} does not exist on 29 March 2026: clocks go forward. Choose 01:{minute:02} or 03:{minute:02}."
    )
    for clock in (refused.value.a, refused.value.b):
        assert moment_in_zone(date(2026, 3, 29), clock, BRUSSELS)


def test_an_hour_that_comes_twice_is_refused_until_one_is_chosen():
    day, clock = date(2026, 10, 25), time(2, 30)
    for choice in (None, "", "autumn"):
        with pytest.raises(TwiceHour) as refused:
            moment_in_zone(day, clock, BRUSSELS, choice=choice)
    assert str(refused.value) == "02:30 comes twice on 25 October 2026. Choose summer time or winter time."
    assert refused.value.field == "clock"
    assert refused.value.summer == moment_in_zone(day, clock, BRUSSELS, choice="summer")
    assert refused.value.winter == moment_in_zone(day, clock, BRUSSELS, choice="winter")
    assert refused.value.summer == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert refused.value.winter - refused.value.summer == timedelta(hours=1)


def test_a_refusal_is_written_in_the_language_of_its_reader():
    app = Flask("text")
    Babel(app)
    with pytest.raises(NoSuchHour) as refused:
        moment_in_zone(date(2026, 3, 29), time(2, 30), BRUSSELS)
    with app.app_context():
        for language, day in (("fr", "29 mars 2026"), ("en", "29 March 2026"), ("uk", "29 березня 2026 р.")):
            with force_locale(language):
                assert day in str(refused.value.message)


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2025, 12, 3, 15), BRUSSELS)  # noqa: DTZ001 (this is what is refused)


WINTER, SUMMER = datetime(2025, 12, 3, 14, tzinfo=UTC), datetime(2025, 7, 21, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        (
            WINTER,
            "Europe/Brussels",
            ("Brussels time (UTC+1)", "heure de Bruxelles (UTC+1)", "за брюссельським часом (UTC+1)"),
        ),
        (
            SUMMER,
            "Europe/Brussels",
            ("Brussels time (UTC+2)", "heure de Bruxelles (UTC+2)", "за брюссельським часом (UTC+2)"),
        ),
        (WINTER, "Europe/Kyiv", ("Kyiv time (UTC+2)", "heure de Kyiv (UTC+2)", "за київським часом (UTC+2)")),
        (
            WINTER,
            "Europe/London",
            ("London time (UTC)", "heure de Londres (UTC)", "за лондонським часом (UTC)"),
        ),
        (
            WINTER,
            "Europe/Athens",
            ("Athens time (UTC+2)", "heure d’Athènes (UTC+2)", "за часом міста Афіни (UTC+2)"),
        ),
        (
            WINTER,
            "Africa/Cairo",
            ("Cairo time (UTC+2)", "heure du Caire (UTC+2)", "за часом міста Каїр (UTC+2)"),
        ),
        (
            WINTER,
            "America/New_York",
            ("New York time (UTC−5)", "heure de New York (UTC−5)", "за нью-йоркським часом (UTC−5)"),
        ),
        (
            WINTER,
            "Asia/Kolkata",
            ("Kolkata time (UTC+5:30)", "heure de Kolkata (UTC+5:30)", "за часом міста Kolkata (UTC+5:30)"),
        ),
        (WINTER, "UTC", ("UTC", "UTC", "UTC")),
        (WINTER, "Etc/GMT+5", ("UTC−5", "UTC−5", "UTC−5")),
    ],
)
def test_the_zone_is_named_in_words(moment: datetime, zone: str, words: tuple[str, str, str]):
    for language, named in zip(("en", "fr", "uk"), words, strict=True):
        assert zone_words(moment, ZoneInfo(zone), language) == named
        assert zone_words(moment, zone, language) == named


def test_a_zone_without_a_name_is_its_distance_from_utc():
    assert zone_words(WINTER, timezone(timedelta(hours=-3, minutes=-30)), "fr") == "UTC−3:30"
    assert zone_words(WINTER, UTC, "uk") == "UTC"
